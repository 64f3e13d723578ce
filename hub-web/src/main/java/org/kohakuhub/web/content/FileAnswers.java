package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.content.ByteRange;
import org.kohakuhub.content.ContentTypes;
import org.kohakuhub.content.EntityTags;
import org.kohakuhub.content.FileService;
import org.kohakuhub.content.FileService.Found;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.error.ErrorBody;

/**
 * Answers for one file. {@code HEAD} never redirects: the client would follow to an object store on the same host name
 * with its token, and lose the headers that it asked for. {@code GET} of a file in the object store does.
 */
@RequestScoped
public class FileAnswers {
    private static final String PAST_THE_END = "The requested range lies past the end of the file";

    private final FileService files;
    private final ContentObjects objects;
    private final RequestCaller caller;
    private final RequestBase base;
    private final HttpServletRequest request;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public FileAnswers() {
        this(null, null, null, null, null);
    }

    @Inject
    FileAnswers(
            FileService files,
            ContentObjects objects,
            RequestCaller caller,
            RequestBase base,
            HttpServletRequest request) {
        this.files = files;
        this.objects = objects;
        this.caller = caller;
        this.base = base;
        this.request = request;
    }

    /** What a client learns of a file before it fetches it. */
    Response head(RepoId repo, String revision, String path, boolean download) {
        Found found = files.find(caller.get(), repo, Revision.parse(revision), AskedPath.read(path));
        if (found.file().isEmpty()) {
            return missing(found);
        }
        TreeEntry file = found.file().get();
        return described(Response.ok(), found, file, download)
                .header("Content-Length", file.size())
                .build();
    }

    /** The file, or where it is. */
    Response get(RepoId repo, String revision, String path, boolean download) {
        Found found = files.find(caller.get(), repo, Revision.parse(revision), AskedPath.read(path));
        if (found.file().isEmpty()) {
            return missing(found);
        }
        TreeEntry file = found.file().get();
        if (EntityTags.matches(request.getHeader("If-None-Match"), etag(file))) {
            return described(Response.notModified(), found, file, download).build();
        }
        if (file.lfs().isPresent()) {
            URI where = objects.download(
                    found.repo(),
                    file.lfs().get().oid(),
                    disposition(file, download),
                    ContentTypes.of(new FilePath(file.path())),
                    base.audience());
            return described(Response.status(Response.Status.FOUND), found, file, download)
                    .header("Location", where.toString())
                    .build();
        }
        return bytes(found, file, download);
    }

    private Response bytes(Found found, TreeEntry file, boolean download) {
        String header =
                EntityTags.rangeCounts(request.getHeader("If-Range"), etag(file)) ? request.getHeader("Range") : null;
        ByteRange range = ByteRange.parse(header, file.size());
        if (range instanceof ByteRange.Unsatisfiable outside) {
            return Response.status(ErrorKind.RANGE_NOT_SATISFIABLE.status())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header("X-Repo-Commit", found.commit().orElseThrow().hex())
                    .header("Content-Range", outside.header(file.size()))
                    .header("X-Error-Message", PAST_THE_END)
                    .entity(new ErrorBody(PAST_THE_END))
                    .build();
        }
        if (range instanceof ByteRange.Part part) {
            return described(Response.status(Response.Status.PARTIAL_CONTENT), found, file, download)
                    .header("Content-Range", part.header(file.size()))
                    .header("Content-Length", part.length())
                    .entity(stream(files.open(found.repo(), file), part.first(), part.length()))
                    .build();
        }
        return described(Response.ok(), found, file, download)
                .header("Content-Length", file.size())
                .entity(stream(files.open(found.repo(), file), 0, file.size()))
                .build();
    }

    /** Opened before the status is sent: what cannot be read is an error then, and not half a file. */
    private static StreamingOutput stream(InputStream content, long from, long length) {
        try {
            content.skipNBytes(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out -> {
            try (content) {
                copy(content, out, length);
            }
        };
    }

    private static void copy(InputStream content, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = length;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The content ended " + left + " bytes early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder answer, Found found, TreeEntry file, boolean download) {
        answer.header("X-Repo-Commit", found.commit().orElseThrow().hex())
                .header("ETag", etag(file))
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-cache") // a branch moves; the tag tells whether it did
                .header("Content-Disposition", disposition(file, download).text())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .type(ContentTypes.of(new FilePath(file.path())));
        file.lfs()
                .ifPresent(
                        pointer -> answer.header("X-Linked-ETag", etag(file)).header("X-Linked-Size", pointer.size()));
        return answer;
    }

    /** Of the content: a file of the object store has the same tag wherever it is read. */
    private static String etag(TreeEntry file) {
        return '"'
                + file.lfs()
                        .map(pointer -> pointer.oid().hex())
                        .orElse(file.oid().hex())
                + '"';
    }

    private static ContentDisposition disposition(TreeEntry file, boolean download) {
        String name = new FilePath(file.path()).fileName();
        return download ? ContentDisposition.attachment(name) : ContentDisposition.inline(name);
    }

    /** The commit is told here too: by it the client remembers that the file is not there. */
    private static Response missing(Found found) {
        Response.ResponseBuilder answer = Response.status(ErrorKind.ENTRY_NOT_FOUND.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("X-Error-Code", ErrorKind.ENTRY_NOT_FOUND.code().orElseThrow())
                .header("X-Error-Message", "Entry not found")
                .entity(new ErrorBody("Entry not found"));
        Optional<String> commit = found.commit().map(Object::toString);
        commit.ifPresent(oid -> answer.header("X-Repo-Commit", oid));
        return answer.build();
    }
}
