package org.kohakuhub.web.content;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.QueryFlag;

/**
 * The body of a {@code paths-info} request.
 *
 * @param expand whether each path's newest commit is wanted
 */
record PathsQuestion(List<String> paths, boolean expand) {
    private static final int MOST_PATHS = 1_000;
    private static final int LONGEST_BODY = 8 << 20;

    /**
     * Reads a form ({@code paths=a&paths=b+c%2Fd&expand=true}) or, where the type says so, JSON.
     *
     * @param contentType null where the request has none
     * @throws HubException INVALID, TOO_LARGE
     */
    static PathsQuestion read(String contentType, InputStream body) {
        boolean json =
                contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json");
        PathsQuestion question = json ? fromJson(JsonBody.read(body, LONGEST_BODY)) : fromForm(text(body));
        if (question.paths().size() > MOST_PATHS) {
            throw new HubException(ErrorKind.TOO_LARGE, "At most " + MOST_PATHS + " paths may be asked about at once");
        }
        return question;
    }

    private static PathsQuestion fromJson(JsonBody body) {
        JsonValue paths = body.value("paths").orElse(JsonValue.EMPTY_JSON_ARRAY);
        if (paths instanceof JsonString one) {
            return new PathsQuestion(List.of(one.getString()), isTrue(body));
        }
        if (paths instanceof JsonArray many && many.stream().allMatch(JsonString.class::isInstance)) {
            return new PathsQuestion(many.getValuesAs(JsonString::getString), isTrue(body));
        }
        throw new HubException(ErrorKind.INVALID, "paths must be a list of texts");
    }

    private static boolean isTrue(JsonBody body) {
        return body.flag("expand").orElse(false);
    }

    private static PathsQuestion fromForm(String form) {
        List<String> paths = new ArrayList<>();
        boolean expand = false;
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (name.equals("paths") || name.equals("paths[]")) {
                paths.add(value);
            } else if (name.equals("expand")) {
                expand = QueryFlag.isSet(value);
            }
        }
        return new PathsQuestion(paths, expand);
    }

    private static String decoded(String quoted) {
        try {
            return URLDecoder.decode(quoted, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HubException(ErrorKind.INVALID, "The request body is not a valid form");
        }
    }

    private static String text(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new HubException(
                        ErrorKind.TOO_LARGE, "The request body is longer than " + LONGEST_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HubException(ErrorKind.INVALID, "The request body could not be read");
        }
    }
}
