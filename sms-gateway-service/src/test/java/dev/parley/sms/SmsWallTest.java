package dev.parley.sms;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SmsWallTest extends TenantWall {}
