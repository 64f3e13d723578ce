package org.kohakuhub.compat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.kohakuhub.common.RepoType;

/** The addresses that the resource classes of the hub have, read from their annotations. */
public final class ServedRoutes {
    private static final Pattern WORDS = Pattern.compile("[\\w/-]+(\\|[\\w/-]+)+");

    private ServedRoutes() {}

    /** Each path with its HTTP methods; of a choice of words the words are shown, unless they are the types. */
    static Map<String, Set<String>> all() {
        Map<String, Set<String>> routes = new TreeMap<>();
        visit((verb, template) -> routes.computeIfAbsent(withoutPatterns(template, true), key -> new TreeSet<>())
                .add(verb));
        return routes;
    }

    /** What OpenAPI calls an operation: {@code GET /api/{type}/{namespace}}, no path with a pattern. */
    public static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        visit((verb, template) -> operations.add(operation(verb, withoutPatterns(template, false))));
        return operations;
    }

    static String operation(String verb, String path) {
        return verb.toUpperCase(Locale.ROOT) + ' ' + path;
    }

    private static void visit(BiConsumer<String, String> routes) {
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.kohakuhub.web")) {
            if (type.isAnnotatedWith(Path.class)) {
                visit(type.reflect(), routes);
            }
        }
    }

    private static void visit(Class<?> resource, BiConsumer<String, String> routes) {
        String base = resource.getAnnotation(Path.class).value();
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    Path path = method.getAnnotation(Path.class);
                    routes.accept(verb.value(), joined(base, path == null ? "" : path.value()));
                }
            }
        }
    }

    private static String joined(String base, String path) {
        return (base.startsWith("/") ? base : '/' + base)
                + (path.isEmpty() || path.startsWith("/") || base.endsWith("/") ? path : '/' + path);
    }

    /** {@code {path: .+}} is {@code {path}}. */
    private static String withoutPatterns(String template, boolean words) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.charAt(at) != '{') {
                plain.append(template.charAt(at++));
                continue;
            }
            int end = closing(template, at);
            String[] variable = template.substring(at + 1, end).split(":", 2);
            String pattern = variable.length == 1 ? "" : variable[1].strip();
            boolean choice = words && WORDS.matcher(pattern).matches() && !pattern.equals(RepoType.PLURALS);
            plain.append('{').append(choice ? pattern : variable[0].strip()).append('}');
            at = end + 1;
        }
        return plain.toString();
    }

    private static int closing(String template, int opening) {
        int depth = 0;
        for (int at = opening; at < template.length(); at++) {
            depth += template.charAt(at) == '{' ? 1 : template.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("not closed: " + template);
    }
}
