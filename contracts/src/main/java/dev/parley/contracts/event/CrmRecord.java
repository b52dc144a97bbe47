package dev.parley.contracts.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A record of the CRM, whole: what is absent has been removed there. Not in an {@link
 * dev.parley.contracts.Envelope}; the topic's key is {@link #key()}. Which fields a type has is in
 * api.md ("Record fields"); fields that are not known here are ignored.
 *
 * <p>It comes in any order and repeatedly: the higher {@code version} of a key wins, deletions
 * included.
 *
 * @param version at most 2<sup>53</sup> − 1
 * @param roles of a user
 * @param avatarUrl an http or https address; any other is left out
 * @param value of a deal
 * @param url where the CRM shows it: an http or https address, or a path on the CRM's own; any
 *     other is left out
 * @param visibleTo if there, the only users who may see it
 * @param mergedInto the record of the same type that took its place
 */
public record CrmRecord(
    CrmOp op,
    String tenant,
    String type,
    String id,
    long version,
    String name,
    String email,
    Boolean active,
    List<String> roles,
    Boolean assignedDataOnly,
    Boolean messaging,
    String timezone,
    String avatarUrl,
    String ownerId,
    List<String> accountTeam,
    String companyId,
    List<String> phones,
    List<String> followers,
    Boolean client,
    List<String> assignees,
    String stage,
    BigDecimal value,
    String currency,
    LocalDate closeDate,
    Boolean closed,
    String title,
    List<Field> fields,
    String url,
    List<String> visibleTo,
    String mergedInto) {
  private static final Pattern WEB =
      Pattern.compile("https?://[^\\s/]\\S*", Pattern.CASE_INSENSITIVE);

  private static final Pattern PATH = Pattern.compile("/(?![/\\\\])\\S*");

  /** What is nothing of the web is none: front ends load, or lead to, what stands there. */
  public CrmRecord {
    if (avatarUrl != null && !WEB.matcher(avatarUrl).matches()) {
      avatarUrl = null;
    }
    if (url != null && !WEB.matcher(url).matches() && !PATH.matcher(url).matches()) {
      url = null;
    }
  }

  /** The record's key on its topics. */
  public String key() {
    return tenant + "/" + type + "/" + id;
  }

  /** Whether the CRM has deleted it. */
  public boolean deleted() {
    return op == CrmOp.DELETE;
  }

  /** Whether there is no such record any more: deleted, or merged into another. */
  public boolean gone() {
    return deleted() || mergedInto != null;
  }

  /** Whom it names: who sees it with assigned data only (product.md §3). */
  public List<String> linked() {
    return Stream.of(ownerId == null ? null : List.of(ownerId), assignees, followers, accountTeam)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Without names, addresses and numbers: fit for logs. */
  @Override
  public String toString() {
    return "CrmRecord[op=" + op + ", key=" + key() + ", version=" + version + "]";
  }

  /** One line of a record of a type that is not known here. */
  public record Field(String label, String value) {}
}
