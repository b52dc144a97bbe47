package dev.parley.message;

import dev.parley.chassis.ContractRules;

class MessageContractTest extends ContractRules {
  MessageContractTest() {
    super("dev.parley.message");
  }
}
