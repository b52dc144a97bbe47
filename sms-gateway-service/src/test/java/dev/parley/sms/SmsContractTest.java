package dev.parley.sms;

import dev.parley.chassis.ContractRules;

class SmsContractTest extends ContractRules {
  SmsContractTest() {
    super("dev.parley.sms");
  }
}
