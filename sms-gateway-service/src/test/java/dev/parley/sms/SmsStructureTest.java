package dev.parley.sms;

import dev.parley.chassis.StructureRules;

class SmsStructureTest extends StructureRules {
  SmsStructureTest() {
    super("dev.parley.sms");
  }
}
