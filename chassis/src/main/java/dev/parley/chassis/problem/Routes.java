package dev.parley.chassis.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods a path has: what {@code Allow} beside a 405 says (RFC 9110 §15.5.6). Read from the
 * resources when it is first asked.
 */
@ApplicationScoped
class Routes {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  private final BeanManager beans;
  private volatile List<Route> routes;

  Routes(BeanManager beans) {
    this.beans = beans;
  }

  private record Route(String method, Pattern path) {}

  /** The methods of a path; none where there is no such path. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : all()) {
      if (route.path().matcher(path).matches()) {
        methods.add(route.method());
      }
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(HttpMethod.OPTIONS);
    }
    return methods;
  }

  private List<Route> all() {
    List<Route> known = routes;
    if (known == null) {
      List<Route> read = new ArrayList<>();
      for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
        Path path = bean.getBeanClass().getAnnotation(Path.class);
        if (path != null) {
          for (Method method : bean.getBeanClass().getDeclaredMethods()) {
            add(read, path.value(), method);
          }
        }
      }
      routes = known = List.copyOf(read);
    }
    return known;
  }

  private static void add(List<Route> routes, String root, Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        Path own = method.getAnnotation(Path.class);
        routes.add(new Route(verb.value(), pattern(root + "/" + (own == null ? "" : own.value()))));
      }
    }
  }

  /** A template as an expression; a variable is one segment. */
  private static Pattern pattern(String template) {
    StringBuilder expression = new StringBuilder();
    for (String segment : template.split("/")) {
      if (!segment.isEmpty()) {
        String literals = Pattern.quote(segment);
        expression.append('/').append(VARIABLE.matcher(literals).replaceAll("\\\\E[^/]+\\\\Q"));
      }
    }
    return Pattern.compile(expression + "/?");
  }
}
