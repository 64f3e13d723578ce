package org.kohakuhub.web.lfs;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.lfs.BatchRequest;
import org.kohakuhub.lfs.BatchRequest.Asked;
import org.kohakuhub.lfs.BatchRequest.Operation;
import org.kohakuhub.object.ObjectStore.Part;
import org.kohakuhub.web.json.JsonBody;

/** Reads what LFS clients send. Fields that nobody asked for are ignored. */
final class LfsBodies {
    /** Ten thousand parts with their ETags, or some thousands of objects. */
    private static final int LIMIT = 4 << 20;

    private static final String HASH = "sha256";

    private LfsBodies() {}

    /**
     * Reads a batch. What is wrong with one object is left to its own answer.
     *
     * @throws HubException INVALID, UNPROCESSABLE; CONFLICT for another hash than sha256, as the specification has it
     */
    static BatchRequest batch(InputStream body) {
        JsonBody json = JsonBody.read(body, LIMIT);
        String hash = json.text("hash_algo").orElse(HASH);
        if (!hash.equals(HASH)) {
            throw new HubException(
                    ErrorKind.CONFLICT, "Unsupported hash_algo: " + Text.shown(hash) + " (the hub knows sha256 alone)");
        }
        List<Asked> objects = new ArrayList<>();
        for (JsonValue value : array(json, "objects")) {
            objects.add(asked(object(value, "objects")));
        }
        return new BatchRequest(operation(json), transfers(json), ref(json), objects);
    }

    private static Operation operation(JsonBody json) {
        return switch (json.text("operation").orElse("")) {
            case "upload" -> Operation.UPLOAD;
            case "download" -> Operation.DOWNLOAD;
            default -> throw unprocessable("operation must be upload or download");
        };
    }

    private static Optional<String> ref(JsonBody json) {
        return json.value("ref").orElse(JsonValue.NULL) instanceof JsonObject ref
                        && ref.get("name") instanceof JsonString name
                ? Optional.of(name.getString())
                : Optional.empty();
    }

    private static Set<String> transfers(JsonBody json) {
        Set<String> transfers = new HashSet<>();
        if (json.value("transfers").orElse(JsonValue.EMPTY_JSON_ARRAY) instanceof JsonArray names) {
            for (JsonValue name : names) {
                if (name instanceof JsonString text) {
                    transfers.add(text.getString());
                }
            }
        }
        return transfers;
    }

    private static Asked asked(JsonObject object) {
        String oid = object.get("oid") instanceof JsonString text ? text.getString() : "";
        return new Asked(oid, whole(object.get("size")).orElse(-1L));
    }

    /**
     * Reads what is to be verified.
     *
     * @throws HubException INVALID
     */
    static Claim claim(InputStream body) {
        JsonBody json = JsonBody.read(body);
        long size = json.whole("size").orElseThrow(() -> new HubException(ErrorKind.INVALID, "Missing field: size"));
        return new Claim(new Sha256(json.required("oid")), size);
    }

    /** What a client says that it has uploaded. */
    record Claim(Sha256 oid, long size) {}

    /**
     * Reads the list of parts that are to be joined.
     *
     * @throws HubException INVALID, UNPROCESSABLE
     */
    static Parts parts(InputStream body) {
        JsonBody json = JsonBody.read(body, LIMIT);
        List<Part> parts = new ArrayList<>();
        for (JsonValue value : array(json, "parts")) {
            JsonObject part = object(value, "parts");
            long number = whole(part.get("partNumber")).orElse(0L);
            String etag = part.get("etag") instanceof JsonString text ? text.getString() : "";
            parts.add(new Part((int) Math.max(0, Math.min(number, Integer.MAX_VALUE)), etag));
        }
        return new Parts(new Sha256(json.required("oid")), parts);
    }

    /** The parts of an upload, as the object store answered them. */
    record Parts(Sha256 oid, List<Part> parts) {}

    private static JsonArray array(JsonBody json, String field) {
        if (json.value(field).orElse(JsonValue.NULL) instanceof JsonArray array) {
            return array;
        }
        throw unprocessable(field + " must be a list");
    }

    private static JsonObject object(JsonValue value, String field) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unprocessable(field + " must be a list of objects");
    }

    private static Optional<Long> whole(JsonValue value) {
        if (value instanceof JsonNumber number && number.isIntegral()) {
            try {
                return Optional.of(number.longValueExact());
            } catch (ArithmeticException tooLong) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static HubException unprocessable(String sentence) {
        return new HubException(ErrorKind.UNPROCESSABLE, sentence);
    }
}
