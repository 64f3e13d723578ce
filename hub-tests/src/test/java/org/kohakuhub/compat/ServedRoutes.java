package org.kohakuhub.compat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.kohakuhub.common.RepoType;

/** The addresses that the resource classes of the hub have, read from their annotations. */
final class ServedRoutes {
    private static final Pattern WORDS = Pattern.compile("[\\w-]+(\\|[\\w-]+)+");

    private ServedRoutes() {}

    /** Each path with its HTTP methods. */
    static Map<String, Set<String>> all() {
        Map<String, Set<String>> routes = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.kohakuhub.web")) {
            if (type.isAnnotatedWith(Path.class)) {
                add(routes, type.reflect());
            }
        }
        return routes;
    }

    private static void add(Map<String, Set<String>> routes, Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    Path path = method.getAnnotation(Path.class);
                    routes.computeIfAbsent(plain(base, path == null ? "" : path.value()), key -> new TreeSet<>())
                            .add(verb.value());
                }
            }
        }
    }

    private static String plain(String base, String path) {
        String joined = (base.startsWith("/") ? base : '/' + base)
                + (path.isEmpty() || path.startsWith("/") || base.endsWith("/") ? path : '/' + path);
        return withoutPatterns(joined);
    }

    /** {@code {path: .+}} is {@code {path}}; of a choice of words the words are shown, unless they are the types. */
    private static String withoutPatterns(String template) {
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
            boolean choice = WORDS.matcher(pattern).matches() && !pattern.equals(RepoType.PLURALS);
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
