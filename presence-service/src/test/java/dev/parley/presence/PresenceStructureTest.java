package dev.parley.presence;

import dev.parley.chassis.StructureRules;

class PresenceStructureTest extends StructureRules {
  PresenceStructureTest() {
    super("dev.parley.presence");
  }
}
