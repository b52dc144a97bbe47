package dev.parley.chassis.structure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a file may be: 300 lines of main code, 400 of tests, a resource 80 lines of code
 * (without blank lines, comments and imports). Past that it has more than one subject.
 */
public final class Budgets {
  static final int MAIN = 300;
  static final int TEST = 400;
  static final int RESOURCE = 80;

  private Budgets() {}

  /** The files over their budget. */
  public static List<String> violations(SourceModule module) {
    List<String> found = new ArrayList<>();
    for (Path file : module.files("src/main/java", ".java")) {
      List<String> lines = SourceModule.read(file).lines().toList();
      over(module, file, lines.size(), MAIN, "lines", found);
      if (file.toString().endsWith("Resource.java")) {
        over(module, file, code(lines), RESOURCE, "lines of code", found);
      }
    }
    for (Path file : module.files("src/test/java", ".java")) {
      over(module, file, SourceModule.read(file).lines().count(), TEST, "lines", found);
    }
    return found;
  }

  private static void over(
      SourceModule module, Path file, long is, int most, String unit, List<String> found) {
    if (is > most) {
      found.add(module.name(file) + " has " + is + " " + unit + ", at most " + most);
    }
  }

  private static long code(List<String> lines) {
    return lines.stream().map(String::strip).filter(Budgets::isCode).count();
  }

  private static boolean isCode(String line) {
    return !(line.isEmpty()
        || line.startsWith("//")
        || line.startsWith("/*")
        || line.startsWith("*")
        || line.startsWith("import ")
        || line.startsWith("package "));
  }
}
