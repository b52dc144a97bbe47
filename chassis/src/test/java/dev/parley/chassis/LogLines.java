package dev.parley.chassis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What a class logs from now on, with what the lines name beside their text. */
public final class LogLines implements AutoCloseable {
  private static final PatternFormatter TEXT = new PatternFormatter("%s");

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Handler handler = new Listener();
  private final Logger logger;

  /** A line and its {@code requestId}, {@code tenant} and so on. */
  public record Line(String text, Map<String, String> names) {}

  /** Listens to the class of that name until it is closed. */
  public LogLines(String of) {
    logger = Logger.getLogger(of);
    logger.addHandler(handler);
  }

  /** The lines that contain the text. */
  public List<Line> with(String text) {
    return lines.stream().filter(line -> line.text.contains(text)).toList();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }

  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord written) {
      ExtLogRecord line = ExtLogRecord.wrap(written);
      lines.add(new Line(TEXT.format(line), line.getMdcCopy()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
