package dev.parley.chassis.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Migrations are numbered without gaps, three digits, and named verb and noun. One that stands in
 * {@code src/test/resources/migrations.sha256} is merged: it is never edited, renamed or removed.
 * {@code -Dmigrations.write=true} adds the new ones to that file and leaves its lines as they are.
 */
public final class MigrationFiles {
  private static final Pattern NAME =
      Pattern.compile(
          "V(\\d{3})__(add|alter|backfill|change|create|drop|fill|index|merge|move|partition|"
              + "remove|rename|replace|seed|split|widen)(_[a-z0-9]+)+\\.sql");

  private MigrationFiles() {}

  /** What is wrong with the names in that folder of {@code src/main/resources}. */
  public static List<String> violations(SourceModule module, String folder) {
    List<String> found = new ArrayList<>();
    int next = 1;
    for (Path file : module.files("src/main/resources/" + folder, "")) {
      if (!file.toFile().isFile()) {
        continue;
      }
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (!name.matches()) {
        found.add(module.name(file) + " is not named like V012__add_message_edited_at.sql");
      } else if (Integer.parseInt(name.group(1)) != next) {
        found.add(module.name(file) + " should have number " + String.format("%03d", next));
      }
      next++;
    }
    return found;
  }

  /** The merged migrations that are not what they were. */
  public static List<String> edited(SourceModule module, String folder) {
    Path list = module.dir().resolve("src/test/resources/migrations.sha256");
    Map<String, String> merged = merged(list);
    Map<String, String> now = new TreeMap<>();
    module
        .files("src/main/resources/" + folder, ".sql")
        .forEach(file -> now.put(file.getFileName().toString(), sum(file)));
    if (Boolean.getBoolean("migrations.write")) {
      Map<String, String> all = new TreeMap<>(now);
      all.putAll(merged);
      write(list, all);
    }
    List<String> found = new ArrayList<>();
    merged.forEach(
        (name, sum) -> {
          if (!sum.equals(now.get(name))) {
            found.add(name + " is merged and no longer what it was; add another migration");
          }
        });
    return found;
  }

  private static Map<String, String> merged(Path list) {
    Map<String, String> merged = new TreeMap<>();
    if (Files.exists(list)) {
      SourceModule.read(list)
          .lines()
          .forEach(line -> merged.put(line.substring(66), line.substring(0, 64)));
    }
    return merged;
  }

  private static void write(Path list, Map<String, String> sums) {
    StringBuilder lines = new StringBuilder();
    sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
    try {
      Files.createDirectories(list.getParent());
      Files.writeString(list, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sum(Path file) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
