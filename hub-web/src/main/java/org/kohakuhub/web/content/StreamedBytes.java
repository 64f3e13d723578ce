package org.kohakuhub.web.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.kohakuhub.content.ByteRange;
import org.kohakuhub.content.EntityTags;
import org.kohakuhub.web.error.ErrorBody;

/**
 * Answers with bytes that the hub sends itself: all of them, or the one range that was asked for (RFC 9110, section 14).
 *
 * @param etag of the content, with its quotes
 * @param size in bytes
 */
public record StreamedBytes(String etag, long size, Source source) {
    private static final String PAST_THE_END = "The requested range lies past the end of the file";
    private static final int BUFFER = 64 << 10;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** The bytes from {@code from} on, at least {@code length} of them; the caller closes the stream. */
        InputStream open(long from, long length);
    }

    /**
     * Whether a store would answer this GET wrongly. Not every store tells where the end is to who asks for a range behind
     * it; and stores know {@code If-Range} by tags of their own or not at all, so that they would send a part of this
     * content, which the caller would put behind what he has of another.
     */
    boolean mustBeSentHere(HttpServletRequest request) {
        boolean ofAnother =
                request.getHeader("Range") != null && !EntityTags.rangeCounts(request.getHeader("If-Range"), etag);
        return ofAnother || range(request) instanceof ByteRange.Unsatisfiable;
    }

    private ByteRange range(HttpServletRequest request) {
        boolean counts = EntityTags.rangeCounts(request.getHeader("If-Range"), etag);
        return ByteRange.parse(counts ? request.getHeader("Range") : null, size);
    }

    /**
     * The answer to a GET.
     *
     * @param described an answer with this status and the headers that it has anyway
     */
    public Response answer(HttpServletRequest request, Function<Status, ResponseBuilder> described) {
        ByteRange range = range(request);
        if (range instanceof ByteRange.Unsatisfiable outside) {
            return described
                    .apply(Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header("Content-Disposition", null)
                    .header("Content-Range", outside.header(size))
                    .header("X-Error-Message", PAST_THE_END)
                    .entity(new ErrorBody(PAST_THE_END))
                    .build();
        }
        if (range instanceof ByteRange.Part part) {
            return described
                    .apply(Status.PARTIAL_CONTENT)
                    .header("Content-Range", part.header(size))
                    .header("Content-Length", part.length())
                    .entity(stream(part.first(), part.length()))
                    .build();
        }
        return described
                .apply(Status.OK)
                .header("Content-Length", size)
                .entity(stream(0, size))
                .build();
    }

    /** The first bytes are read before the status is sent: what cannot be read is an error then, and not half a file. */
    private StreamingOutput stream(long from, long length) {
        InputStream content = source.open(from, length);
        byte[] first;
        try {
            first = content.readNBytes((int) Math.min(BUFFER, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out -> {
            try (content) {
                out.write(first);
                copy(content, out, length - first.length);
            }
        };
    }

    private static void copy(InputStream content, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
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
}
