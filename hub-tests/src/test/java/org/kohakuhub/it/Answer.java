package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the hub answered to one request: no redirect was followed. */
public record Answer(String request, int status, HttpHeaders headers, byte[] body) {

    static Answer of(HttpResponse<byte[]> response) {
        String request = response.request().method() + ' ' + response.request().uri();
        return new Answer(request, response.statusCode(), response.headers(), response.body());
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as a JSON object. */
    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new AssertionError("not a JSON object: " + this, e);
        }
    }

    /** The body as a JSON array. */
    public JsonArray list() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readArray();
        } catch (RuntimeException e) {
            throw new AssertionError("not a JSON array: " + this, e);
        }
    }

    /** The first value of a header, if it is there. */
    public Optional<String> find(String header) {
        return headers.firstValue(header);
    }

    /** The value of a header that must be there. */
    public String header(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + this));
    }

    /** {@code X-Error-Code}, or the empty text. */
    public String errorCode() {
        return find("X-Error-Code").orElse("");
    }

    /** {@code X-Error-Message}, or the empty text. */
    public String errorMessage() {
        return find("X-Error-Message").orElse("");
    }

    /** Where a redirect leads. */
    public URI location() {
        return URI.create(header("Location"));
    }

    /** Fails with the whole answer unless the status is {@code expected}. */
    public Answer expect(int expected) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        return this;
    }

    /** Fails unless this is the error that the contract names: status, {@code X-Error-Code} and a JSON body. */
    public Answer expectError(int expected, String code) {
        expect(expected);
        assertThat(errorCode()).as("X-Error-Code of %s", this).isEqualTo(code);
        assertThat(errorMessage()).as("X-Error-Message of %s", this).isNotBlank();
        assertThat(json().getString("error")).as("body of %s", this).isNotBlank();
        return this;
    }

    @Override
    public String toString() {
        String shown = text();
        return request + " -> " + status + ' ' + headers.map() + ' '
                + (shown.length() > 600 ? shown.substring(0, 600) + "…" : shown);
    }
}
