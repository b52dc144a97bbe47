package dev.parley.message;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MessageWallTest extends TenantWall {}
