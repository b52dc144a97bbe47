package dev.parley.chassis.structure;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code …_copy} table mirrors another service's truth, so only what that service says may change
 * it: statements that write one stand in the packages {@code copy} and {@code inbound}, and the
 * writing methods of {@code copy} ({@code apply…}, {@code upsert…}, {@code delete…} and the like)
 * are called by consumers alone.
 */
public final class Copies {
  private static final Pattern WRITE =
      Pattern.compile(
          "\\b(insert\\s+into|update|delete\\s+from|truncate)\\s+(\\w+_copy)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WRITER =
      Pattern.compile(
          "(apply|upsert|insert|put|store|save|update|replace|delete|remove|write)([A-Z]\\w*)?");

  private Copies() {}

  /** Where a copy is written by anything but a consumer. */
  public static List<String> violations(SourceModule module) {
    Set<String> found = new TreeSet<>();
    for (Path file : module.files("src/main/java", ".java")) {
      String folder = module.mainSources().relativize(file.getParent()).toString();
      String feature = module.feature(folder.replace('/', '.'));
      Matcher write = WRITE.matcher(SourceModule.read(file));
      if (!feature.equals("copy") && !feature.equals("inbound") && write.find()) {
        found.add(module.name(file) + " writes " + write.group(2) + ": only copy and inbound may");
      }
    }
    for (JavaClass type : module.classes()) {
      String feature = module.feature(type.getPackageName());
      if (feature.equals("copy") || Features.isConsumer(type, feature)) {
        continue;
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        for (JavaCall<?> call : unit.getCallsFromSelf()) {
          String target = call.getTargetOwner().getPackageName();
          if (module.isOwn(target)
              && module.feature(target).equals("copy")
              && WRITER.matcher(call.getTarget().getName()).matches()) {
            found.add(call.getDescription() + ": a copy is written by consumers alone");
          }
        }
      }
    }
    return List.copyOf(found);
  }
}
