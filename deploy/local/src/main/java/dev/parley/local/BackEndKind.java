package dev.parley.local;

import dev.parley.local.backend.BackEnd;
import dev.parley.local.backend.Carrier;
import dev.parley.local.backend.Elasticsearch;
import dev.parley.local.backend.Kafka;
import dev.parley.local.backend.Lifetime;
import dev.parley.local.backend.Mail;
import dev.parley.local.backend.ObjectStore;
import dev.parley.local.backend.OidcIssuer;
import dev.parley.local.backend.Postgres;
import dev.parley.local.process.Ports;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The back ends by name. Each keeps its data in {@code DIR/<name>} and its log in {@code
 * DIR/logs/<name>.log}. The seam for another way to run them (containers) is here.
 */
enum BackEndKind {
  POSTGRES {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new Postgres(dir.resolve(title()), log(dir), Ports.free());
    }
  },
  KAFKA {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new Kafka(dir.resolve(title()), log(dir), Ports.free(), Ports.free(), Lifetime.TEST);
    }
  },
  ELASTICSEARCH {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new Elasticsearch(
          dir.resolve(title()), log(dir), Ports.free(), Ports.free(), Lifetime.TEST);
    }
  },
  OIDC {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new OidcIssuer(Ports.free(), Clock.systemUTC());
    }
  },
  S3 {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new ObjectStore(dir.resolve(title()), Ports.free());
    }
  },
  MAIL {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new Mail(Ports.free(), Ports.free());
    }
  },
  SIMULATOR {
    @Override
    BackEnd onFreePorts(Path dir) {
      return new Carrier(Ports.free(), QUARKUS_TEST, Clock.systemUTC());
    }
  };

  private static final String QUARKUS_TEST = "http://localhost:8081";

  abstract BackEnd onFreePorts(Path dir);

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  Path log(Path dir) {
    return dir.resolve("logs").resolve(title() + ".log");
  }

  static List<String> names() {
    return Arrays.stream(values()).map(BackEndKind::title).toList();
  }

  static BackEndKind named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.title().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no back end " + name + ", only " + names()));
  }
}
