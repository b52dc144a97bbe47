package dev.parley.chassis.tx;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ChassisWallTest extends TenantWall {}
