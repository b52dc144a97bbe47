package dev.parley.notification;

import dev.parley.chassis.StructureRules;

class NotificationStructureTest extends StructureRules {
  NotificationStructureTest() {
    super("dev.parley.notification");
  }
}
