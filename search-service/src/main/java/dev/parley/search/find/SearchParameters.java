package dev.parley.search.find;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a search as they came (api.md, search-service). */
public class SearchParameters {
  @Parameter(description = "Words, 1 to 512 characters", required = true)
  @QueryParam("q")
  String q;

  @Parameter(description = "Kinds, comma separated: messages, files, conversations, records")
  @QueryParam("in")
  String in;

  @QueryParam("conversationId")
  String conversationId;

  @QueryParam("authorId")
  String authorId;

  @Parameter(description = "RFC 3339, inclusive")
  @QueryParam("from")
  String from;

  @Parameter(description = "RFC 3339, exclusive")
  @QueryParam("to")
  String to;

  @Parameter(description = "Together with recordId")
  @QueryParam("recordType")
  String recordType;

  @Parameter(description = "Together with recordType")
  @QueryParam("recordId")
  String recordId;

  @Parameter(description = "What a message must have, comma separated: file, link")
  @QueryParam("has")
  String has;

  @Parameter(hidden = true)
  @QueryParam("bookmark")
  String bookmark;

  @Parameter(description = "1 to 200, 50 by default")
  @QueryParam("limit")
  Integer limit;

  @QueryParam("cursor")
  String cursor;
}
