package dev.parley.search;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SearchWallTest extends TenantWall {}
