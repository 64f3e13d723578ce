package org.kohakuhub.web.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * Completes what was read off the resources, when the hub is built, to the document that {@link OpenApiFilter} serves.
 * Resources take a stream and read it themselves, so the bodies stand in {@code openapi.yaml}, each under its operation's
 * id.
 *
 * <p>Schemas are only referred to: the version of MicroProfile OpenAPI that this is compiled with and the one that calls
 * it disagree about how to make one.
 */
public class ApiDescription implements OASFilter {
    private static final Pattern PART = Pattern.compile("\\{([^}]+)}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    /** For the build. */
    public ApiDescription() {}

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> complete(path, item, method, operation, api.getComponents())));
    }

    private static void complete(
            String path, PathItem item, HttpMethod method, Operation operation, Components components) {
        String id = id(method, path);
        operation.setOperationId(id);
        declareParts(path, item, operation);
        operation.setRequestBody(body(id, components));
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        operation.getResponses().setDefaultValue(OASFactory.createAPIResponse().ref("Error"));
    }

    /** The method and the path's words: {@code postApiReposCreate}. Unlike names of methods these are unique. */
    static String id(HttpMethod method, String path) {
        StringBuilder id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        Matcher words = WORD.matcher(PART.matcher(path).replaceAll("/$1/"));
        while (words.find()) {
            String word = words.group();
            id.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return id.toString();
    }

    /** Some resources read parts of their address without injecting them. */
    private static void declareParts(String path, PathItem item, Operation operation) {
        List<Parameter> known = new ArrayList<>();
        if (item.getParameters() != null) {
            known.addAll(item.getParameters());
        }
        if (operation.getParameters() != null) {
            known.addAll(operation.getParameters());
        }
        Set<String> declared = known.stream()
                .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                .map(Parameter::getName)
                .collect(Collectors.toSet());
        Matcher parts = PART.matcher(path);
        while (parts.find()) {
            if (declared.add(parts.group(1))) {
                operation.addParameter(OASFactory.createParameter()
                        .name(parts.group(1))
                        .in(Parameter.In.PATH)
                        .required(true)
                        .schema(OASFactory.createSchema().ref("PathPart")));
            }
        }
    }

    /** What the document has under the operation's id: a body, or the schema of a JSON body; else none. */
    private static RequestBody body(String id, Components components) {
        if (has(components.getRequestBodies(), id)) {
            return OASFactory.createRequestBody().ref(id);
        }
        if (!has(components.getSchemas(), id)) {
            return null;
        }
        Content json = OASFactory.createContent()
                .addMediaType(
                        "application/json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(id)));
        return OASFactory.createRequestBody().content(json);
    }

    private static boolean has(Map<String, ?> named, String id) {
        return named != null && named.containsKey(id);
    }
}
