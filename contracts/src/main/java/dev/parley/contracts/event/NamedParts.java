package dev.parley.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of so many parts that it is made by naming them: the compiler is given a class {@code
 * <Record>Builder} beside it. What is not named is null, 0 or false.
 */
@RecordBuilder.Template(
    options = @RecordBuilder.Options(enableWither = false, addClassRetainedGenerated = true))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface NamedParts {}
