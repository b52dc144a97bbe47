package dev.parley.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the stack: started for the first that asks, stopped after the last of all. */
final class StackExtension implements ParameterResolver {
  // A stack that does not start would not start for the next test either.
  private static AssertionError failure;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Stack.class))
        .computeIfAbsent(Stack.class, key -> started(), Stack.class);
  }

  private static synchronized Stack started() {
    if (failure != null) {
      throw failure;
    }
    try {
      return Stack.started();
    } catch (AssertionError e) {
      failure = e;
      throw e;
    }
  }
}
