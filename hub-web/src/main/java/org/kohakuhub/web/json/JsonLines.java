package org.kohakuhub.web.json;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * Reads newline-delimited JSON, one object a line, as it arrives. A line may carry a whole file in one string, so long
 * strings go to a {@link Spool}; all else of a line is small or refused. For one thread.
 *
 * <p>Values are {@code Map}, {@code List}, {@code String} or, for a long string, {@link Spool} (its UTF-8 bytes),
 * {@code BigDecimal}, {@code Boolean} and {@code null}.
 */
public final class JsonLines implements Closeable {
    /** A string of more bytes than this is spooled. */
    static final int LONGEST_STRING = 64 * 1024;

    private static final int MOST_SMALL_BYTES = 1 << 20;
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 40;

    private final InputStream in;
    private final int maxLines;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int end;
    private int line;
    private long spoolBytesLeft;
    private int smallBytes;
    private final List<Spool> spools = new ArrayList<>();

    /**
     * @param maxLines how many lines there may be
     * @param maxSpooled how many bytes all spooled strings together may have
     */
    public JsonLines(InputStream in, int maxLines, long maxSpooled) {
        this.in = in;
        this.maxLines = maxLines;
        this.spoolBytesLeft = maxSpooled;
    }

    /** Which line was read last, from 1. */
    public int line() {
        return line;
    }

    /**
     * The next line's object; empty at the end. The spools of the line before are gone then.
     *
     * @throws HubException INVALID for what is no JSON object, TOO_LARGE beyond a limit
     */
    public Optional<Map<String, Object>> next() {
        try {
            close();
            do {
                skipBlanks();
            } while (taken('\n'));
            if (peek() < 0) {
                return Optional.empty();
            }
            line++;
            if (line > maxLines) {
                throw new HubException(ErrorKind.TOO_LARGE, "The request has more than " + maxLines + " lines");
            }
            smallBytes = 0;
            if (peek() != '{') {
                throw malformed();
            }
            Map<String, Object> object = object(0);
            skipBlanks();
            if (peek() >= 0 && !taken('\n')) {
                throw malformed();
            }
            return Optional.of(object);
        } catch (IOException broken) {
            throw new HubException(ErrorKind.INVALID, "The request body broke off at line " + (line + 1));
        }
    }

    private Object value(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw malformed();
        }
        skipBlanks();
        int c = peek();
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) throws IOException {
        expect('{');
        Map<String, Object> object = new HashMap<>();
        skipBlanks();
        if (taken('}')) {
            return object;
        }
        do {
            skipBlanks();
            if (peek() != '"' || !(string() instanceof String key)) {
                throw malformed();
            }
            skipBlanks();
            expect(':');
            object.put(key, value(depth + 1));
            skipBlanks();
        } while (taken(','));
        expect('}');
        return object;
    }

    private List<Object> array(int depth) throws IOException {
        expect('[');
        List<Object> array = new ArrayList<>();
        skipBlanks();
        if (taken(']')) {
            return array;
        }
        do {
            account(8); // an element costs something, however short it is
            array.add(value(depth + 1));
            skipBlanks();
        } while (taken(','));
        expect(']');
        return array;
    }

    private Object literal(String word, Object value) throws IOException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private BigDecimal number() throws IOException {
        StringBuilder digits = new StringBuilder();
        while (peek() >= 0 && "+-.eE0123456789".indexOf(peek()) >= 0 && digits.length() < LONGEST_NUMBER) {
            digits.append((char) read());
        }
        try {
            return new BigDecimal(digits.toString());
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private Object string() throws IOException {
        expect('"');
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        Spool spool = null;
        while (true) {
            fill();
            int start = position;
            while (position < end && isPlain(buffer[position])) {
                position++;
            }
            int run = position - start;
            if (spool == null && small.size() + run > LONGEST_STRING) {
                spool = new Spool();
                spools.add(spool);
                spool(spool, small.toByteArray(), 0, small.size());
            }
            if (spool != null) {
                spool(spool, buffer, start, run);
            } else {
                small.write(buffer, start, run);
            }
            if (position == end) {
                continue;
            }
            int c = read();
            if (c == '"') {
                break;
            }
            if (c != '\\') {
                throw malformed(); // a control character must be escaped
            }
            byte[] escaped = escape();
            if (spool != null) {
                spool(spool, escaped, 0, escaped.length);
            } else {
                small.write(escaped, 0, escaped.length);
            }
        }
        if (spool != null) {
            return spool;
        }
        account(small.size());
        return decoded(small.toByteArray());
    }

    private static boolean isPlain(byte b) {
        return b != '"' && b != '\\' && (b >= ' ' || b < 0);
    }

    private void spool(Spool spool, byte[] bytes, int offset, int count) throws IOException {
        spoolBytesLeft -= count;
        if (spoolBytesLeft < 0) {
            throw new HubException(ErrorKind.TOO_LARGE, "The request carries too many bytes of files");
        }
        spool.write(bytes, offset, count);
    }

    private byte[] escape() throws IOException {
        int c = read();
        int codePoint = switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed();
        };
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    }

    private int unicode() throws IOException {
        char first = fourDigits();
        if (!Character.isSurrogate(first)) {
            return first;
        }
        expect('\\');
        expect('u');
        char second = fourDigits();
        if (!Character.isSurrogatePair(first, second)) {
            throw malformed();
        }
        return Character.toCodePoint(first, second);
    }

    private char fourDigits() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(read(), 16);
            if (digit < 0) {
                throw malformed();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private void account(int bytes) {
        smallBytes += bytes;
        if (smallBytes > MOST_SMALL_BYTES) {
            throw new HubException(ErrorKind.TOO_LARGE, "Line " + line + " of the request is too long");
        }
    }

    private void skipBlanks() throws IOException {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
            position++;
        }
    }

    private boolean taken(char wanted) throws IOException {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char wanted) throws IOException {
        if (!taken(wanted)) {
            throw malformed();
        }
    }

    /** The next byte, left where it is; -1 at the end. */
    private int peek() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
        }
        return position == end ? -1 : buffer[position] & 0xff;
    }

    private int read() throws IOException {
        int next = peek();
        if (next < 0) {
            throw malformed();
        }
        position++;
        return next;
    }

    private void fill() throws IOException {
        if (peek() < 0) {
            throw malformed();
        }
    }

    private HubException malformed() {
        return new HubException(ErrorKind.INVALID, "Line " + line + " of the request is not a valid JSON object");
    }

    /** Lets the last line's spools go. */
    @Override
    public void close() throws IOException {
        for (Spool spool : spools) {
            spool.close();
        }
        spools.clear();
    }
}
