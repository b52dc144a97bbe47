package dev.parley.presence;

import dev.parley.chassis.ContractRules;

class PresenceContractTest extends ContractRules {
  PresenceContractTest() {
    super("dev.parley.presence");
  }
}
