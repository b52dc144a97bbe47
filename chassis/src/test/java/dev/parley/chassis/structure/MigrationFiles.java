package dev.parley.chassis.structure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Migrations are numbered without gaps, three digits, and named verb and noun. */
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
}
