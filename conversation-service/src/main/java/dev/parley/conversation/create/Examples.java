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
  static final String NUMBER_IN_USE =
      """
      {
        "type": "/problems/number_in_use",
        "title": "The number is in use",
        "status": 409,
        "detail": "externalNumbers write to another conversation with this number",
        "instance": "/v1/conversations",
        "code": "number_in_use",
        "violations": [
          {
            "field": "externalNumbers",
            "message": "write to another conversation with this number"
          }
        ]
      }
      """;

  private Examples() {}
}
