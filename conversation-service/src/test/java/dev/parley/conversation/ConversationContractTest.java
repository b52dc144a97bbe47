package dev.parley.conversation;

import dev.parley.chassis.ContractRules;

class ConversationContractTest extends ContractRules {
  ConversationContractTest() {
    super("dev.parley.conversation");
  }
}
