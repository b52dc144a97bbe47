package dev.parley.message;

import dev.parley.chassis.StructureRules;

class MessageStructureTest extends StructureRules {
  MessageStructureTest() {
    super("dev.parley.message");
  }
}
