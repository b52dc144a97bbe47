package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.system.Readme.Row;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table says what the code says. */
class ReadmeTest {
  private static final int SERVICE = 0;
  private static final int PORT = 1;
  private static final int IN = 3;
  private static final int OUT = 4;
  private static final Pattern CONSTANT = Pattern.compile("Topics\\.([A-Z_]+)\\b");

  private final List<Row> rows = new Readme().table("Services");

  @Test
  void everyServiceHasARow() {
    Set<String> modules =
        Pattern.compile("<module>([a-z-]+-service)</module>")
            .matcher(Checkout.read("pom.xml"))
            .results()
            .map(module -> module.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rows).hasSize(6);
    assertThat(rows.stream().map(row -> row.quoted(SERVICE).get(0))).hasSameElementsAs(modules);
  }

  @Test
  void portsAreThoseOfTheApplicationProperties() throws IOException {
    for (Row row : rows) {
      String service = row.quoted(SERVICE).get(0);
      Properties properties = new Properties();
      properties.load(
          new StringReader(Checkout.read(service + "/src/main/resources/application.properties")));
      assertThat(row.cell(PORT)).as(service).isEqualTo(properties.getProperty("quarkus.http.port"));
      assertThat(properties.getProperty("quarkus.management.port"))
          .as("README says: management is 1000 higher")
          .isEqualTo(Integer.toString(Integer.parseInt(row.cell(PORT)) + 1000));
    }
  }

  @Test
  void topicsOutAreThoseThatTheServiceOwns() {
    for (Row row : rows) {
      String service = row.quoted(SERVICE).get(0);
      assertThat(row.quoted(OUT))
          .as(service)
          .containsExactlyInAnyOrderElementsOf(
              Topics.events().stream()
                  .filter(topic -> topic.owner().equals(service))
                  .map(Topic::name)
                  .toList());
    }
  }

  @Test
  void topicsInAndOutTogetherAreThoseThatTheServicesCodeAndTheChassisName() {
    Set<String> ofAll = topics("chassis");
    assertThat(ofAll).contains("crm.records.v1");
    for (Row row : rows) {
      String service = row.quoted(SERVICE).get(0);
      Set<String> told = new TreeSet<>(row.quoted(IN));
      told.addAll(row.quoted(OUT));
      Set<String> used = new TreeSet<>(ofAll);
      used.addAll(topics(service));
      assertThat(told).as(service).isEqualTo(used);
    }
  }

  /** The topics whose constants the module's main code names. */
  private static Set<String> topics(String module) {
    Map<String, String> names = constants();
    Set<String> used = new TreeSet<>();
    for (String source : sources(Checkout.dir().resolve(module + "/src/main/java"))) {
      Matcher constant = CONSTANT.matcher(source);
      while (constant.find()) {
        if (names.containsKey(constant.group(1))) {
          used.add(names.get(constant.group(1)));
        }
      }
    }
    return used;
  }

  @Test
  void linksLeadSomewhere() {
    for (String link : new Readme().links()) {
      assertThat(Checkout.dir().resolve(link)).exists();
    }
  }

  private static Map<String, String> constants() {
    return Stream.of(Topics.class.getFields())
        .filter(field -> field.getType() == Topic.class)
        .collect(Collectors.toMap(field -> field.getName(), valueOf(), (one, other) -> one));
  }

  private static Function<java.lang.reflect.Field, String> valueOf() {
    return field -> {
      try {
        return ((Topic) field.get(null)).name();
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static List<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
