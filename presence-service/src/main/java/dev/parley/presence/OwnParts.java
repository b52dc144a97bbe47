package dev.parley.presence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Recipient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds whose the counts of an {@code unread.updated} are, without reading them. */
final class OwnParts {
  private final Map<Recipient, Audience.Part> parts = new HashMap<>();

  private OwnParts() {}

  /** Reads {@code data} from its beginning to its end. */
  static OwnParts read(JsonParser in) throws IOException {
    OwnParts found = new OwnParts();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      if (in.nextToken() == JsonToken.START_ARRAY && name.equals("counts")) {
        while (in.nextToken() == JsonToken.START_OBJECT) {
          found.take(in);
        }
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  private void take(JsonParser in) throws IOException {
    int from = (int) in.currentTokenLocation().getByteOffset();
    String kind = null;
    String id = null;
    int rest = -1;
    int fields = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      if (fields++ == 2 && kind != null && id != null) {
        rest = (int) in.currentTokenLocation().getByteOffset();
      }
      in.nextToken();
      switch (name) {
        case "kind" -> kind = in.getText();
        case "id" -> id = in.getText();
        default -> in.skipChildren();
      }
    }
    parts.put(
        new Recipient(kind, id),
        new Audience.Part(from, (int) in.currentLocation().getByteOffset(), rest));
  }

  /**
   * Those of the recipients for whom there is a part, which stands so much further in the frame.
   */
  Audience of(List<Recipient> recipients, int shift) {
    List<Recipient> to = new ArrayList<>(recipients.size());
    List<Audience.Part> own = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      Audience.Part part = parts.get(recipient);
      if (part != null) {
        to.add(recipient);
        own.add(part.shifted(shift));
      }
    }
    return new Audience(to, own);
  }
}
