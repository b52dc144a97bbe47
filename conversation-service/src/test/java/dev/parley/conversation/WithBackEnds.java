package dev.parley.conversation;

import dev.parley.chassis.BackEnds;
import io.quarkus.test.common.QuarkusTestResource;

/** The service against real back ends; extended by every test of its, so that it starts once. */
@QuarkusTestResource(value = BackEnds.class, restrictToAnnotatedClass = false)
public abstract class WithBackEnds {}
