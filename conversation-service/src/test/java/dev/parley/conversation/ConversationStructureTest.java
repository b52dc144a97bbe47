package dev.parley.conversation;

import dev.parley.chassis.StructureRules;

class ConversationStructureTest extends StructureRules {
  ConversationStructureTest() {
    super("dev.parley.conversation");
  }
}
