package dev.parley.message.preview;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DNS of ours: what each name answers, once after the other, the last for ever. */
final class Names implements Resolver {
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Each answer is one address or several with commas. */
  Names with(String name, String... addresses) {
    answers.put(name, new ArrayDeque<>(List.of(addresses)));
    return this;
  }

  /** The names that were asked for, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
    asked.add(host);
    Deque<String> left = answers.get(host);
    if (left == null) {
      if (host.matches("[0-9a-f:.]+")) {
        return List.of(InetAddress.getByName(host));
      }
      throw new UnknownHostException(host);
    }
    List<InetAddress> found = new ArrayList<>();
    for (String address : (left.size() > 1 ? left.poll() : left.peek()).split(",")) {
      found.add(InetAddress.getByName(address));
    }
    return found;
  }
}
