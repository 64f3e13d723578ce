package org.kohakuhub.web.repo;

import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.web.json.JsonBody;

/** Who sees a repository or a bucket, in the words of today's clients ({@code visibility}) or of older ones ({@code private}). */
public final class Visibility {
    private Visibility() {}

    /**
     * What the body says, if it does. {@code protected} hides the files, so here it hides all.
     *
     * @throws HubException INVALID for another word
     */
    public static Optional<Boolean> isPrivate(JsonBody body) {
        return body.text("visibility")
                .map(word -> switch (word) {
                    case "public" -> false;
                    case "private", "protected" -> true;
                    default ->
                        throw new HubException(
                                ErrorKind.INVALID, "visibility must be public or private, not " + Text.shown(word));
                })
                .or(() -> body.flag("private"));
    }

    /** The word for an answer. */
    static String word(boolean isPrivate) {
        return isPrivate ? "private" : "public";
    }
}
