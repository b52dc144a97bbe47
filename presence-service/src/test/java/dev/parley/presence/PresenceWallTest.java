package dev.parley.presence;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class PresenceWallTest extends TenantWall {}
