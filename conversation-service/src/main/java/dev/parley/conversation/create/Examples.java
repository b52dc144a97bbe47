package dev.parley.conversation.create;

/** Bodies of {@code POST /v1/conversations}, for the API's description. */
final class Examples {
  static final String GROUP =
      """
      {"type": "group", "name": "Launch", "members": ["ben", "cyd"]}
      """;
  static final String MIXED_GROUP =
      """
      {
        "type": "group",
        "name": "Delivery",
        "members": ["ben"],
        "externalNumbers": ["+15550100002"],
        "ownNumber": "+15550100001",
        "takeOver": true
      }
      """;
  static final String DEAL_ROOM =
      """
      {"type": "deal_room", "recordRefs": [{"type": "deal", "id": "d1"}]}
      """;

  private Examples() {}
}
