package dev.parley.local.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run and how it is asked to end.
 *
 * @param name how people call it: {@code kafka}, {@code message-service}
 * @param words program and arguments
 * @param environment added to this process's own
 * @param folder where it runs
 * @param log takes its output, appended
 * @param stopSignal asks for an orderly end: {@code TERM}, for PostgreSQL {@code INT}
 * @param unprivileged must not run as root; see {@link Unprivileged}
 */
public record Command(
    String name,
    List<String> words,
    Map<String, String> environment,
    Path folder,
    Path log,
    String stopSignal,
    boolean unprivileged) {

  /** A command that ends on SIGTERM and may run as whoever we are. */
  public static Command of(String name, List<String> words, Path folder, Path log) {
    return new Command(name, words, Map.of(), folder, log, "TERM", false);
  }

  public Command with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new Command(name, words, Map.copyOf(all), folder, log, stopSignal, unprivileged);
  }

  public Command stoppedBy(String signal) {
    return new Command(name, words, environment, folder, log, signal, unprivileged);
  }

  /** The same, but not as root. */
  public Command asOrdinaryUser() {
    return new Command(name, words, environment, folder, log, stopSignal, true);
  }
}
