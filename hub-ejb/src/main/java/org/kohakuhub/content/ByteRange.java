package org.kohakuhub.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Range} header asks of a content (RFC 9110, section 14). Clients of this hub read blocks and continue
 * broken downloads; a whole answer to a request for a part would be wrong bytes to the former.
 */
public sealed interface ByteRange {
    /** Everything: there is no header, or it is one that a server may ignore (malformed, another unit, many ranges). */
    record Whole() implements ByteRange {}

    /** These bytes, both ends included, within the content. */
    record Part(long first, long last) implements ByteRange {
        /** How many bytes they are. */
        public long length() {
            return last - first + 1;
        }

        /** The value of {@code Content-Range}. */
        public String header(long size) {
            return "bytes " + first + '-' + last + '/' + size;
        }
    }

    /** Nothing: the range lies past the end. */
    record Unsatisfiable() implements ByteRange {
        /** The value of {@code Content-Range}, which tells the client where the end is. */
        public String header(long size) {
            return "bytes */" + size;
        }
    }

    /**
     * Reads the header.
     *
     * @param header null where the request has none
     * @param size bytes of the content
     */
    static ByteRange parse(String header, long size) {
        Matcher matcher = Form.SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return new Whole();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return new Whole();
        }
        if (from.isEmpty()) {
            long length = Math.min(number(to), size);
            return length == 0 ? new Unsatisfiable() : new Part(size - length, size - 1);
        }
        long first = number(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (last < first) {
            return new Whole(); // invalid, and an invalid header is to be ignored
        }
        return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1));
    }

    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > Form.DIGITS_OF_A_LONG ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    /** The grammar of a single byte range. */
    final class Form {
        private static final Pattern SINGLE =
                Pattern.compile("\\s*bytes\\s*=\\s*([0-9]*)\\s*-\\s*([0-9]*)\\s*", Pattern.CASE_INSENSITIVE);
        private static final int DIGITS_OF_A_LONG = 18;

        private Form() {}
    }
}
