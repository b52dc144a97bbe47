package dev.parley.local.stack;

import dev.parley.local.process.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The scripts {@code status}, {@code restart}, {@code kill} and {@code down}: ask the supervisor.
 *
 * <p>A supervisor that was killed leaves its file behind, and its process number goes to somebody
 * else. So nobody is waited for or ended but who has answered to the secret in the file.
 */
public final class Control {
  private static final long DOWN_LIMIT_SECONDS = 90;

  private enum Answer {
    OK,
    FAILED,
    /** No supervisor is there. */
    NONE
  }

  private Control() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(Layout.home().resolve("run/supervisor"), List.of(arguments)));
  }

  static int run(Path file, List<String> words) throws IOException, InterruptedException {
    String command = words.get(0);
    if (List.of("restart", "kill").contains(command) && words.size() != 2) {
      System.err.println("usage: deploy/local/" + command + " SERVICE");
      return 2;
    }
    Properties supervisor = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        supervisor.load(in);
      }
    }
    boolean down = command.equals("down");
    Answer answer = ask(supervisor, words.contains("--pids") ? "pids" : String.join(" ", words));
    if (answer == Answer.NONE) {
      System.err.println("Parley is not running; deploy/local/up starts it.");
      return down ? 0 : 1;
    }
    if (down && answer == Answer.OK) {
      waitForEnd(Long.parseLong(supervisor.getProperty("pid")));
    }
    return answer == Answer.OK ? 0 : 1;
  }

  private static Answer ask(Properties supervisor, String line) {
    if (supervisor.isEmpty()) {
      return Answer.NONE;
    }
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), Integer.parseInt(supervisor.getProperty("port")))) {
      socket
          .getOutputStream()
          .write(
              (supervisor.getProperty("secret") + " " + line + "\n")
                  .getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String answer; (answer = in.readLine()) != null; ) {
        if (answer.equals("OK")) {
          return Answer.OK;
        }
        if (answer.startsWith("FAILED ")) {
          System.err.println(answer.substring("FAILED ".length()));
          return Answer.FAILED;
        }
        System.out.println(answer);
      }
      return Answer.NONE; // somebody else has the port, or it has just ended
    } catch (IOException e) {
      return Answer.NONE;
    }
  }

  private static void waitForEnd(long pid) throws InterruptedException {
    ProcessHandle supervisor = ProcessHandle.of(pid).orElse(null);
    if (supervisor == null) {
      return;
    }
    try {
      supervisor.onExit().get(DOWN_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      supervisor.destroyForcibly(); // the leashes end the rest
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
