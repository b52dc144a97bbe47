package dev.parley.conversation.browse;

import org.jboss.resteasy.reactive.RestQuery;

/** Query of {@code GET /v1/conversations}. */
public class ListRequest {
  @RestQuery String filter;
  @RestQuery String type;
  @RestQuery String q;
  @RestQuery String ids;
  @RestQuery String cursor;
  @RestQuery Integer limit;
}
