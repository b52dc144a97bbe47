package dev.parley.notification;

import dev.parley.chassis.ContractRules;

class NotificationContractTest extends ContractRules {
  NotificationContractTest() {
    super("dev.parley.notification");
  }
}
