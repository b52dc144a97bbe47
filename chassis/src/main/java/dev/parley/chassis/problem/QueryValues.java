package dev.parley.chassis.problem;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters by name that no endpoint can take as they are: those with a NUL, since
 * no text with one is stored anywhere, and those without a value. The latter look absent to the
 * endpoints, which would answer what was not asked for. Only {@code q} may be empty, and what an
 * endpoint does not know is ignored.
 */
public class QueryValues {
  private static final Pattern EMPTY = Pattern.compile("(?:^|&)[^=&]+=?(?:&|$)");

  /** What somebody types into a search box, and may be about to. */
  private static final String TYPED = "q";

  @ServerRequestFilter
  public void refuse(ContainerRequestContext request, ResourceInfo resource) {
    String query = request.getUriInfo().getRequestUri().getRawQuery();
    if (query == null) {
      return;
    }
    if (query.contains("%00")) {
      refuse(request, name -> true, value -> value.indexOf(0) >= 0, "must not contain NUL");
    }
    if (EMPTY.matcher(query).find()) {
      refuse(request, known(resource)::contains, String::isEmpty, "must not be empty");
    }
  }

  private static void refuse(
      ContainerRequestContext request,
      Predicate<String> names,
      Predicate<String> values,
      String why) {
    for (Map.Entry<String, List<String>> parameter :
        request.getUriInfo().getQueryParameters().entrySet()) {
      if (names.test(parameter.getKey()) && parameter.getValue().stream().anyMatch(values)) {
        throw Problem.invalid(parameter.getKey(), why);
      }
    }
  }

  /** The parameters of the endpoint, as they are or in an object, that may not be empty. */
  private static Set<String> known(ResourceInfo resource) {
    return Arrays.stream(resource.getResourceMethod().getParameters())
        .flatMap(QueryValues::elements)
        .map(element -> element.getAnnotation(QueryParam.class))
        .filter(parameter -> parameter != null && !parameter.value().equals(TYPED))
        .map(QueryParam::value)
        .collect(Collectors.toSet());
  }

  private static Stream<AnnotatedElement> elements(Parameter parameter) {
    return Stream.concat(
        Stream.of(parameter), Arrays.stream(parameter.getType().getDeclaredFields()));
  }
}
