package dev.parley.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the index is and how it is kept. */
@ConfigMapping(prefix = "parley.search")
public interface SearchConfig {
  /** The Elasticsearch cluster. */
  Elasticsearch elasticsearch();

  /** The index in it. */
  Index index();

  /** How Elasticsearch is reached. */
  interface Elasticsearch {
    /** Base URLs of its nodes, comma separated. */
    @WithDefault("http://localhost:19200")
    List<String> url();

    /** An encoded API key, where the cluster asks for one. */
    Optional<String> apiKey();

    /** How long to wait for an answer before the service counts as down. */
    @WithDefault("10s")
    Duration timeout();
  }

  /** How the index is made; an existing one is not changed. */
  interface Index {
    /** The alias that is read and written; the index behind it has a version in its name. */
    @WithDefault("parley-search")
    String name();

    /** Primary shards. */
    @WithDefault("1")
    int shards();

    /** Copies of each shard; 0 on a single machine. */
    @WithDefault("0")
    int replicas();

    /** How soon an indexed document can be found. */
    @WithDefault("250ms")
    Duration refresh();
  }
}
