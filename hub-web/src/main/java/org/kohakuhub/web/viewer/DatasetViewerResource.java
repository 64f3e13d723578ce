package org.kohakuhub.web.viewer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.ViewerConfig;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.query.Answer.Row;
import org.kohakuhub.viewer.DataFileService;
import org.kohakuhub.viewer.DataFileService.Place;
import org.kohakuhub.viewer.TarFile;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.content.StreamedBytes;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code /api/dataset-viewer}: looks into single files (docs/hub-own-api.md). */
@RequestScoped
@Path("/api/dataset-viewer")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class DatasetViewerResource {
    private static final int ROWS = 1_000;
    private static final int MOST_ROWS = 10_000;

    private final DataFileService files;
    private final RequestCaller caller;
    private final RequestBase base;
    private final SiteConfig site;
    private final ViewerConfig config;
    private final HttpServletRequest request;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DatasetViewerResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public DatasetViewerResource(
            DataFileService files,
            RequestCaller caller,
            RequestBase base,
            SiteConfig site,
            ViewerConfig config,
            HttpServletRequest request) {
        this.files = files;
        this.caller = caller;
        this.base = base;
        this.site = site;
        this.config = config;
        this.request = request;
    }

    @GET
    @Path("/health")
    public Response health() {
        return Response.ok(JsonAnswer.of(json -> json.writeStartObject()
                        .write("status", config.enabled() ? "ok" : "disabled")
                        .writeEnd()))
                .build();
    }

    /** What bounds a caller is how many questions are answered at a time. */
    @GET
    @Path("/rate-limit")
    public Response rateLimit() {
        return Response.ok(JsonAnswer.of(json -> json.writeStartObject()
                        .write("max_concurrent", config.workers())
                        .write("max_processing_seconds", config.timeout().toSeconds())
                        .write("max_file_bytes", config.maxBytes())
                        .writeEnd()))
                .build();
    }

    @POST
    @Path("/preview")
    public Response preview(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        return rows(files.preview(caller.get(), place(asked), asked.text("format"), delimiter(asked), limit(asked)));
    }

    @POST
    @Path("/sql")
    public Response sql(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        return rows(
                files.query(caller.get(), place(asked), asked.text("format"), asked.required("query"), limit(asked)));
    }

    private Place place(JsonBody asked) {
        return OwnAddress.read(asked.required("url"), List.of(base.base(), site.baseUrl()));
    }

    private static String delimiter(JsonBody asked) {
        String delimiter = asked.text("delimiter").orElse("");
        if (delimiter.length() > 1) {
            throw new HubException(ErrorKind.INVALID, "delimiter must be one character");
        }
        return delimiter;
    }

    private static int limit(JsonBody asked) {
        long rows = asked.whole("max_rows").orElse((long) ROWS);
        if (rows < 1 || rows > MOST_ROWS) {
            throw new HubException(ErrorKind.INVALID, "max_rows must be 1.." + MOST_ROWS);
        }
        return (int) rows;
    }

    private static Response rows(DataFileService.Rows rows) {
        StreamingOutput output = out -> {
            Writer json = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            write(json, rows);
            json.flush(); // the server closes its stream itself
        };
        return Response.ok(output).build();
    }

    private static void write(Writer json, DataFileService.Rows rows) throws IOException {
        json.write("{\"columns\":[");
        json.write(rows.table().columns().stream()
                .map(column ->
                        "{\"name\":" + RowsJson.text(column.name()) + ",\"type\":" + RowsJson.text(column.type()) + '}')
                .collect(Collectors.joining(",")));
        json.write("],\"rows\":[");
        String between = "";
        for (Row row : rows.table().rows()) {
            json.write(between + '[');
            json.write(String.join(",", row.cells()));
            json.write(']');
            between = ",";
        }
        int shown = rows.table().rows().size();
        long total = rows.table().total();
        json.write("],\"total_rows\":" + (total < 0 ? shown : total) + ",\"truncated\":"
                + (rows.table().more() || total > shown) + ",\"file_size\":" + rows.fileSize() + ",\"format\":"
                + RowsJson.text(rows.format()) + '}');
    }

    @POST
    @Path("/tar/list")
    public Response list(InputStream body) {
        DataFileService.Archive archive = files.archive(caller.get(), place(JsonBody.read(body)));
        return Response.ok(JsonAnswer.of(json -> write(json, archive))).build();
    }

    private static void write(JsonGenerator json, DataFileService.Archive archive) {
        json.writeStartObject().writeStartArray("files");
        for (TarFile file : archive.files()) {
            json.writeStartObject()
                    .write("name", file.name())
                    .write("size", file.size())
                    .write("offset", file.offset())
                    .writeEnd();
        }
        json.writeEnd()
                .write("total_files", archive.files().size())
                .write("truncated", archive.more())
                .write("file_size", archive.size())
                .writeEnd();
    }

    /** The bytes, which no browser may take for a page of this hub. */
    @POST
    @Path("/tar/extract")
    @Produces(MediaType.WILDCARD)
    public Response extract(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        DataFileService.Extracted extracted = files.extract(caller.get(), place(asked), asked.required("file_name"));
        TarFile file = extracted.file();
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        return new StreamedBytes("\"" + file.offset() + '-' + file.size() + '"', file.size(), extracted.bytes()::open)
                .answer(
                        request,
                        status -> Response.status(status)
                                .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                                .header(
                                        "Content-Disposition",
                                        ContentDisposition.attachment(name).text())
                                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                                .header("X-Content-Type-Options", "nosniff"));
    }
}
