package dev.parley.chassis.problem;

import dev.parley.contracts.Json;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A query parameter of the wrong type is 400 naming it. JAX-RS would answer 404, as for a path that
 * does not exist; for path parameters that stays so.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {
  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.of(
          Integer.class, QueryParameters::saturated,
          int.class, QueryParameters::saturated,
          Long.class, text -> Long.valueOf(digits(text)),
          long.class, text -> Long.valueOf(digits(text)),
          Boolean.class, QueryParameters::truth,
          boolean.class, QueryParameters::truth,
          UUID.class, UUID::fromString,
          Instant.class, Json::timeOf);

  @Override
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    Function<String, Object> reader = READERS.get(type);
    return reader == null
        ? null
        : Arrays.stream(annotations)
            .filter(QueryParam.class::isInstance)
            .findFirst()
            .map(parameter -> converter(((QueryParam) parameter).value(), reader))
            .map(QueryParameters::<T>of)
            .orElse(null);
  }

  private static ParamConverter<Object> converter(String name, Function<String, Object> reader) {
    return new ParamConverter<>() {
      @Override
      public Object fromString(String text) {
        try {
          return text == null || text.isEmpty() ? null : reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
          throw Problem.invalid(name, "has the wrong type");
        }
      }

      @Override
      public String toString(Object value) {
        return String.valueOf(value);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> ParamConverter<T> of(ParamConverter<Object> converter) {
    return (ParamConverter<T>) converter;
  }

  /**
   * What is too large for the type is the largest: it is for the parameter's range to refuse it.
   */
  private static Integer saturated(String text) {
    return new BigInteger(digits(text))
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .max(BigInteger.valueOf(Integer.MIN_VALUE))
        .intValue();
  }

  /** Java reads the digits of all scripts. */
  private static String digits(String text) {
    if (!text.chars().allMatch(c -> c < 128)) {
      throw new NumberFormatException("no ASCII digits");
    }
    return text;
  }

  private static Object truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
