package org.kohakuhub.githttp;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * A request whose body is unpacked and begins as git's requests do: with a whole pkt-line (gitprotocol-common(5)) or a
 * flush, which git sends alone to try its credentials.
 */
final class GitBody extends HttpServletRequestWrapper {
    private static final Pattern GZIP = Pattern.compile("(?:x-)?gzip", Pattern.CASE_INSENSITIVE);
    /** Four hex digits, but not 1 to 3: these separate parts, and no request begins with one. */
    private static final Pattern LENGTH = Pattern.compile("(?!000[1-3])[0-9a-fA-F]{4}");

    private static final String ENCODING = "Content-Encoding";
    private static final int DIGITS = 4;
    private static final int LONGEST_LINE = 0xffff;

    private final PushbackInputStream body;

    private GitBody(HttpServletRequest request, PushbackInputStream body) {
        super(request);
        this.body = body;
    }

    /**
     * Reads the first line and puts it back.
     *
     * @throws HubException INVALID if there is none, or the body is not packed as it says
     */
    static GitBody of(HttpServletRequest request) throws IOException {
        String encoding = request.getHeader(ENCODING);
        InputStream in = request.getInputStream();
        try {
            if (encoding != null && GZIP.matcher(encoding).matches()) {
                in = new GZIPInputStream(in);
            } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw malformed("Unknown Content-Encoding");
            }
            PushbackInputStream body = new PushbackInputStream(in, LONGEST_LINE);
            byte[] line = firstLine(body);
            body.unread(line);
            return new GitBody(request, body);
        } catch (ZipException | EOFException broken) {
            throw malformed("The request body ends too early, or is not packed as it says");
        }
    }

    /** The same request, said in words that JGit knows. */
    GitBody inKnownWords(FetchLines.Depths depths) throws IOException {
        InputStream said = FetchLines.rewritten(body, depths);
        return new GitBody((HttpServletRequest) getRequest(), new PushbackInputStream(said));
    }

    private static byte[] firstLine(InputStream in) throws IOException {
        byte[] digits = in.readNBytes(DIGITS);
        String length = new String(digits, StandardCharsets.ISO_8859_1);
        if (!LENGTH.matcher(length).matches()) {
            throw malformed("The request body is none of git's: it must begin with a pkt-line");
        }
        int rest = Math.max(Integer.parseInt(length, 16) - DIGITS, 0);
        byte[] line = new byte[DIGITS + rest];
        System.arraycopy(digits, 0, line, 0, DIGITS);
        if (in.readNBytes(line, DIGITS, rest) < rest) {
            throw malformed("The request body ends within a pkt-line");
        }
        return line;
    }

    private static HubException malformed(String sentence) {
        return new HubException(ErrorKind.INVALID, sentence);
    }

    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase(ENCODING) ? null : super.getHeader(name);
    }

    @Override
    public ServletInputStream getInputStream() {
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return body.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return body.read(bytes, offset, length);
            }

            @Override
            public int available() throws IOException {
                return body.available();
            }

            @Override
            public boolean isFinished() {
                return false; // unknown before it is read
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("not asynchronous");
            }
        };
    }
}
