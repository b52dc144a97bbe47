package dev.parley.contracts.event;

import java.util.List;

/**
 * Which of a deal room's users may see its deal. Only inside the system: the edge filters by it and
 * takes it out.
 *
 * @param users who may, by what the CRM says of them and of the deal
 * @param linked those of them who may also if their token says that they see assigned data only
 */
public record DealReaders(List<String> users, List<String> linked) {
  /** The lists are never null. */
  public DealReaders {
    users = users == null ? List.of() : List.copyOf(users);
    linked = linked == null ? List.of() : List.copyOf(linked);
  }
}
