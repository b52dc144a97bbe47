package dev.parley.local.backend;

import dev.parley.local.process.Managed;
import java.util.Map;

/** One server that the system stands on, whoever runs it. */
public interface BackEnd extends Managed {
  /** Where it is reached, as {@code KEY=value} for scripts and tests. */
  Map<String, String> endpoints();
}
