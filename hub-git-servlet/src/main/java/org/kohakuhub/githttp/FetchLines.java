package org.kohakuhub.githttp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says a fetch request in words that JGit knows: {@code deepen-relative} as the depth that it comes to, a combined filter as
 * one of its parts. Requests that need neither, are longer than anybody's, or not well-formed pass as they are.
 */
final class FetchLines {
    private static final int LONGEST = 4 << 20;
    private static final int DIGITS = 4;
    private static final Pattern LENGTH = Pattern.compile("[0-9a-fA-F]{4}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}\\b");
    private static final String RELATIVE = "deepen-relative";
    private static final String DEEPEN = "deepen ";
    private static final String SHALLOW = "shallow ";
    private static final String WANT = "want ";
    private static final String FILTER = "filter ";

    private final List<String> packets = new ArrayList<>();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private boolean wellFormed = true;

    private FetchLines() {}

    /** Is asked about the history of a client that has some of it, and wants more. */
    interface Depths {
        /** Tells how deep a history is fetched that shall begin so many commits before the shallow ones. */
        int deepened(List<String> wants, List<String> shallows, int by);

        /** Hears that it is to be so deep, counted from what is wanted. */
        void grows(List<String> wants, int depth);
    }

    static InputStream rewritten(InputStream body, Depths depths) throws IOException {
        FetchLines lines = new FetchLines();
        boolean whole = lines.read(body);
        if (!whole) {
            return new SequenceInputStream(new ByteArrayInputStream(lines.raw.toByteArray()), body);
        }
        if (!lines.wellFormed) {
            return new ByteArrayInputStream(lines.raw.toByteArray());
        }
        if (!lines.needsOtherWords()) {
            lines.tellDepth(lines.packets, depths);
            return new ByteArrayInputStream(lines.raw.toByteArray());
        }
        return new ByteArrayInputStream(lines.inOtherWords(depths));
    }

    /** False if the body goes on. */
    private boolean read(InputStream body) throws IOException {
        while (raw.size() <= LONGEST) {
            byte[] digits = body.readNBytes(DIGITS);
            raw.write(digits);
            if (digits.length == 0) {
                return true;
            }
            String length = new String(digits, StandardCharsets.ISO_8859_1);
            if (!LENGTH.matcher(length).matches()) {
                wellFormed = false;
                return false;
            }
            int payload = Integer.parseInt(length, 16) - DIGITS;
            if (payload < 0) {
                packets.add(length);
                continue;
            }
            byte[] line = body.readNBytes(payload);
            raw.write(line);
            if (line.length < payload) {
                wellFormed = false;
                return true;
            }
            packets.add(length + new String(line, StandardCharsets.ISO_8859_1));
        }
        return false;
    }

    private static String text(String packet) {
        String text = packet.substring(DIGITS);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private boolean needsOtherWords() {
        return packets.stream()
                .map(FetchLines::text)
                .anyMatch(text -> text.equals(RELATIVE) || text.startsWith(FILTER + CombinedFilter.PREFIX));
    }

    private void tellDepth(List<String> said, Depths depths) {
        if (after(SHALLOW).isEmpty()) {
            return;
        }
        said.stream()
                .map(FetchLines::text)
                .filter(text -> text.startsWith(DEEPEN))
                .mapToInt(text -> number(text.substring(DEEPEN.length())))
                .filter(depth -> depth > 0) // what git calls endless has more digits
                .forEach(depth -> depths.grows(after(WANT), depth));
    }

    private byte[] inOtherWords(Depths depths) {
        boolean relative = packets.stream().map(FetchLines::text).anyMatch(RELATIVE::equals);
        List<String> wants = after(WANT);
        List<String> shallows = after(SHALLOW);
        List<String> said = new ArrayList<>();
        for (String packet : packets) {
            String text = text(packet);
            if (text.startsWith(FILTER)) {
                said.add(line(FILTER + CombinedFilter.single(text.substring(FILTER.length()))));
            } else if (relative && text.startsWith(DEEPEN)) {
                // of a history that is whole nothing is left to deepen
                if (!shallows.isEmpty()) {
                    int by = number(text.substring(DEEPEN.length()));
                    said.add(by < 0 ? packet : line(DEEPEN + depths.deepened(wants, shallows, by)));
                }
            } else if (!text.equals(RELATIVE)) {
                said.add(packet);
            }
        }
        tellDepth(said, depths);
        return String.join("", said).getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<String> after(String word) {
        return packets.stream()
                .map(FetchLines::text)
                .filter(text -> text.startsWith(word))
                .map(text -> ID.matcher(text.substring(word.length())))
                .filter(Matcher::lookingAt) // the first want of the old protocol has the capabilities behind it
                .map(Matcher::group)
                .toList();
    }

    /** -1: JGit shall say what is wrong with it. */
    private static int number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    private static String line(String text) {
        return String.format("%04x", text.length() + DIGITS + 1) + text + '\n';
    }
}
