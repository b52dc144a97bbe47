package dev.parley.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The root README as a program reads it. */
final class Readme {
  private static final Pattern FENCE =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final String text = Checkout.read("README.md");

  /**
   * What a reader types, and what they are shown for it.
   *
   * @param expected lines that must appear, {@code …} standing for anything
   */
  record Step(String commands, List<String> expected) {}

  /** A row of a table, cell by cell. */
  record Row(List<String> cells) {
    String cell(int index) {
      return cells.get(index);
    }

    /** What stands in back-quotes in a cell. */
    List<String> quoted(int index) {
      Matcher quoted = Pattern.compile("`([^`]+)`").matcher(cell(index));
      List<String> found = new ArrayList<>();
      while (quoted.find()) {
        found.add(quoted.group(1));
      }
      return found;
    }
  }

  /** The {@code bash} blocks of a section, each with the {@code text} block behind it. */
  List<Step> steps(String section) {
    List<Step> steps = new ArrayList<>();
    Matcher block = FENCE.matcher(section(section));
    while (block.find()) {
      String body = block.group(2);
      if (block.group(1).equals("bash")) {
        steps.add(new Step(body, List.of()));
      } else if (block.group(1).equals("text")) {
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(last.commands(), body.lines().map(String::strip).toList()));
      }
    }
    return steps;
  }

  /** The rows of a section's table, without its head. */
  List<Row> table(String section) {
    return section(section)
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> new Row(Stream.of(line.split("\\|")).skip(1).map(String::strip).toList()))
        .toList();
  }

  /** Targets of all links into the checkout. */
  List<String> links() {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text);
    List<String> found = new ArrayList<>();
    while (link.find()) {
      found.add(link.group(1));
    }
    return found;
  }

  boolean contains(String words) {
    return text.contains(words);
  }

  private String section(String title) {
    int begin = text.indexOf("\n## " + title + "\n");
    if (begin < 0) {
      throw new AssertionError("README.md has no section " + title);
    }
    int end = text.indexOf("\n## ", begin + 1);
    return text.substring(begin, end < 0 ? text.length() : end);
  }
}
