package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.kohakuhub.common.RepoType;

/**
 * The tags that public repositories have, for filters to choose from. They are the same for every caller, and counting
 * them takes long: what was counted is good for a while.
 */
@ApplicationScoped
public class TagCatalog {
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MOST_OF_A_KIND = 5_000;

    private final TagRows rows;
    private final InstantSource clock;
    private final Map<RepoType, Counted> counted = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway")
    protected TagCatalog() { // the container's proxy only
        this(null, null);
    }

    @Inject
    TagCatalog(TagRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** The tags of public repositories of a type by their groups, in each group the most frequent first. */
    public Map<String, List<Listed>> byKind(RepoType type) {
        long now = clock.millis();
        return counted.compute( // others wait: they want the same
                        type,
                        (same, known) -> known != null && now - known.at() < LIFE.toMillis()
                                ? known
                                : new Counted(now, count(type)))
                .tags();
    }

    private Map<String, List<Listed>> count(RepoType type) {
        Map<String, List<Listed>> tags = new TreeMap<>();
        for (TagRows.Counted found : rows.counted(type, MOST_OF_A_KIND)) {
            String kind = found.tag().kind();
            String text = found.tag().text();
            String label = text.startsWith(kind + ':') ? text.substring(kind.length() + 1) : text;
            tags.computeIfAbsent(kind, first -> new ArrayList<>()).add(new Listed(text, label, kind));
        }
        return tags;
    }

    private record Counted(long at, Map<String, List<Listed>> tags) {}

    /**
     * A tag as it is offered. The field names are the contract's.
     *
     * @param id what a list is filtered by
     * @param label what people read
     */
    public record Listed(String id, String label, String type) {}
}
