package org.kohakuhub.community;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * Where a page ended, in lists that are sorted by a moment and, within it, by a row's id.
 *
 * @param at milliseconds since 1970
 */
record PageCursor(long at, String id) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{24})");

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws HubException INVALID
     */
    static PageCursor read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        return new PageCursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    /** Before all rows of a list that grows upwards. */
    static PageCursor first(Optional<String> cursor) {
        return cursor.map(PageCursor::read).orElse(new PageCursor(-1, ""));
    }

    /** Before all rows of a list that begins with the newest. */
    static PageCursor newest(Optional<String> cursor) {
        return cursor.map(PageCursor::read).orElse(new PageCursor(Long.MAX_VALUE, ""));
    }

    String text() {
        return at + "." + id;
    }

    /** A page of rows that were read one more than it holds, to tell whether another follows. */
    static <T> Slice<T> slice(List<T> rows, int limit, Function<T, PageCursor> position) {
        if (rows.size() <= limit) {
            return new Slice<>(rows, Optional.empty());
        }
        List<T> page = rows.subList(0, limit);
        return new Slice<>(page, Optional.of(position.apply(page.get(limit - 1)).text()));
    }
}
