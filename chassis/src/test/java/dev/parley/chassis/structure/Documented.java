package dev.parley.chassis.structure;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What must carry Javadoc: shared modules' public types, and the package at a module's root. */
public final class Documented {
  private Documented() {}

  /** Public types below the folder, nested ones too, that say nothing about themselves. */
  public static List<String> publicTypes(Path sources) {
    List<String> found = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        var walk = java.nio.file.Files.walk(sources)) {
      List<Path> java = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new PublicTypes(docs, found).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** The root's package-info when it is missing or says nothing. */
  public static List<String> rootPackage(SourceModule module) {
    Path file =
        module.mainSources().resolve(module.root().replace('.', '/')).resolve("package-info.java");
    boolean says = java.nio.file.Files.isRegularFile(file);
    if (says && SourceModule.read(file).contains("/**")) {
      return List.of();
    }
    return List.of(module.name(file) + " must say what the module owns and what holds in it");
  }

  private static final class PublicTypes extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> found;

    PublicTypes(DocTrees docs, List<String> found) {
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        return null;
      }
      String comment = docs.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        found.add(
            getCurrentPath().getCompilationUnit().getPackageName()
                + "."
                + type.getSimpleName()
                + " is public and has no Javadoc");
      }
      return super.visitClass(type, nothing);
    }
  }
}
