package dev.parley.message;

import dev.parley.chassis.BackEnds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** The service against real back ends; extended by every test of its, so that it starts once. */
@QuarkusTestResource(
    value = BackEnds.class,
    restrictToAnnotatedClass = false,
    initArgs = @ResourceArg(name = "with", value = "s3"))
public abstract class WithBackEnds {}
