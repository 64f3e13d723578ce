package org.kohakuhub.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kohakuhub.web.site.OpenApiFilter;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An OpenAPI document as what it says of its operations, which two servers may write in different words. */
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

    private ApiDocument() {}

    /** The document that the build made of the resources. */
    public static Map<String, Set<String>> built() {
        try (InputStream in = OpenApiFilter.class.getResourceAsStream("openapi.yaml")) {
            return operations(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each operation, as {@code GET /api/{name}}, with its id, its parameters, its body and its answers. */
    public static Map<String, Set<String>> operations(String yaml) {
        Map<?, ?> document = map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        Map<String, Set<String>> operations = new TreeMap<>();
        map(document.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        Set<String> said = said(map(operation));
                        list(map(item).get("parameters")).forEach(parameter -> said.add(parameter(parameter)));
                        operations.put(ServedRoutes.operation((String) method, (String) path), said);
                    }
                }));
        return operations;
    }

    private static Set<String> said(Map<?, ?> operation) {
        Set<String> said = new TreeSet<>();
        said.add("id " + operation.get("operationId"));
        list(operation.get("parameters")).forEach(parameter -> said.add(parameter(parameter)));
        map(operation.get("responses")).keySet().forEach(status -> said.add("answer " + status));
        if (operation.containsKey("requestBody")) {
            Map<?, ?> body = map(operation.get("requestBody"));
            said.add("body " + (body.containsKey("$ref") ? body.get("$ref") : body.get("content")));
        }
        return said;
    }

    private static String parameter(Object parameter) {
        Map<?, ?> described = map(parameter);
        return described.get("in") + " " + described.get("name");
    }

    private static Map<?, ?> map(Object node) {
        return node == null ? Map.of() : (Map<?, ?>) node;
    }

    private static List<?> list(Object node) {
        return node == null ? List.of() : (List<?>) node;
    }
}
