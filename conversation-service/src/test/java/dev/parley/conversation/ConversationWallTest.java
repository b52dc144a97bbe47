package dev.parley.conversation;

import dev.parley.chassis.TenantWall;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ConversationWallTest extends TenantWall {}
