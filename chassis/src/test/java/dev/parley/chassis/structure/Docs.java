package dev.parley.chassis.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pages that fail the build when they say less, or other, than the code. */
public final class Docs {
  private static final Pattern ANCHOR =
      Pattern.compile("^### `?([a-z][a-z0-9_]*)`?\\s*$", Pattern.MULTILINE);
  private static final Pattern ADR = Pattern.compile("(\\d{4})-[a-z0-9]+(-[a-z0-9]+)*\\.md");
  private static final Pattern ADR_HEADING = Pattern.compile("# (\\d{4}) \\S.*");
  private static final List<String> ADR_PARTS =
      List.of("## Context", "## Decision", "## Consequences");

  private Docs() {}

  /** Codes that the page of errors does not explain, and headings that are no code. */
  public static List<String> errors(Path page, Collection<String> codes) {
    Set<String> anchors = new TreeSet<>();
    Matcher anchor = ANCHOR.matcher(SourceModule.read(page));
    while (anchor.find()) {
      anchors.add(anchor.group(1));
    }
    List<String> found = new ArrayList<>();
    codes.stream()
        .filter(code -> !anchors.contains(code))
        .forEach(code -> found.add("no heading ### " + code));
    anchors.stream()
        .filter(name -> !codes.contains(name))
        .forEach(name -> found.add("### " + name + " is no code"));
    return found;
  }

  /** Decision records whose name, number or parts are not as they should be. */
  public static List<String> decisions(Path folder) {
    List<String> found = new ArrayList<>();
    int next = 1;
    for (Path file : sorted(folder)) {
      String name = file.getFileName().toString();
      List<String> lines = SourceModule.read(file).lines().toList();
      Matcher adr = ADR.matcher(name);
      Matcher heading = ADR_HEADING.matcher(lines.isEmpty() ? "" : lines.get(0));
      if (!adr.matches()) {
        found.add(name + " is not named like 0007-outbox-relay.md");
      } else if (!heading.matches() || !heading.group(1).equals(adr.group(1))) {
        found.add(name + " must begin with # " + adr.group(1) + " and its title");
      } else if (Integer.parseInt(adr.group(1)) != next) {
        found.add(name + " should have number " + String.format("%04d", next));
      } else if (!lines.containsAll(ADR_PARTS)) {
        found.add(name + " must have " + String.join(", ", ADR_PARTS));
      }
      next++;
    }
    return found;
  }

  private static List<Path> sorted(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
