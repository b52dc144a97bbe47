package dev.parley.notification;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class NotificationWallTest extends TenantWall {}
