package dev.parley.chassis.structure;

import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The topics that a module's sources name by their constants. */
public final class TopicNames {
  private static final Pattern CONSTANT = Pattern.compile("\\bTopics\\.([A-Z][A-Z_]*)\\b");

  private TopicNames() {}

  /** The topics that the page does not name. */
  public static List<String> missing(SourceModule module, Path page) {
    String text = Files.isRegularFile(page) ? SourceModule.read(page) : "";
    Set<String> names = new TreeSet<>();
    for (Path file : module.files("src/main/java", ".java")) {
      Matcher constants = CONSTANT.matcher(SourceModule.read(file));
      while (constants.find()) {
        names.add(name(constants.group(1)));
      }
    }
    return names.stream()
        .filter(name -> !text.contains("`" + name + "`"))
        .map(name -> page.getFileName() + " does not name `" + name + "`")
        .toList();
  }

  private static String name(String constant) {
    try {
      return ((Topic) Topics.class.getField(constant).get(null)).name();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
