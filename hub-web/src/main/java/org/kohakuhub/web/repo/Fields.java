package org.kohakuhub.web.repo;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.Facts;

/** Which fields of a repository an answer shall have: by default, or those that {@code expand} names and no others. */
record Fields(Set<String> names) {
    private static final List<String> MODEL = List.of(
            "author",
            "baseModels",
            "cardData",
            "childrenModelCount",
            "config",
            "createdAt",
            "disabled",
            "downloads",
            "downloadsAllTime",
            "evalResults",
            "gated",
            "gguf",
            "gitalyUid",
            "inference",
            "inferenceProviderMapping",
            "lastModified",
            "library_name",
            "likes",
            "mask_token",
            "model-index",
            "pipeline_tag",
            "private",
            "resourceGroup",
            "safetensors",
            "sha",
            "siblings",
            "spaces",
            "tags",
            "transformersInfo",
            "trendingScore",
            "usedStorage",
            "widgetData",
            "xetEnabled");

    private static final List<String> DATASET = List.of(
            "author",
            "cardData",
            "citation",
            "createdAt",
            "description",
            "disabled",
            "downloads",
            "downloadsAllTime",
            "gated",
            "gitalyUid",
            "lastModified",
            "likes",
            "mainSize",
            "paperswithcode_id",
            "private",
            "resourceGroup",
            "sha",
            "siblings",
            "tags",
            "trendingScore",
            "usedStorage",
            "xetEnabled");

    private static final List<String> SPACE = List.of(
            "author",
            "cardData",
            "createdAt",
            "datasets",
            "disabled",
            "gitalyUid",
            "lastModified",
            "likes",
            "models",
            "private",
            "region",
            "resourceGroup",
            "runtime",
            "sdk",
            "sha",
            "siblings",
            "subdomain",
            "tags",
            "trendingScore",
            "usedStorage",
            "xetEnabled");

    private static final List<String> KERNEL = List.of(
            "author",
            "cardData",
            "createdAt",
            "disabled",
            "downloads",
            "downloadsAllTime",
            "gated",
            "gitalyUid",
            "lastModified",
            "likes",
            "private",
            "resourceGroup",
            "sha",
            "siblings",
            "tags",
            "trendingScore",
            "usedStorage",
            "xetEnabled");

    private static final List<String> FROM_CARDS = List.of(
            "cardData", "citation", "datasets", "model-index", "models", "paperswithcode_id", "sdk", "widgetData");

    private static final Map<String, Facts.Wanted> FROM_FACTS = Map.of(
            "childrenModelCount", Facts.Wanted.CHILDREN,
            "sha", Facts.Wanted.HEAD,
            "spaces", Facts.Wanted.SPACES,
            "usedStorage", Facts.Wanted.STORAGE);

    private static final List<String> IN_LISTS = List.of(
            "author",
            "createdAt",
            "disabled",
            "downloads",
            "gated",
            "lastModified",
            "library_name",
            "likes",
            "modelId",
            "pipeline_tag",
            "private",
            "sdk",
            "tags");

    private static final List<String> OF_ONE = Stream.concat(
                    IN_LISTS.stream(),
                    Stream.of(
                            "cardData",
                            "config",
                            "gguf",
                            "mask_token",
                            "model-index",
                            "safetensors",
                            "sha",
                            "siblings",
                            "spaces",
                            "subdomain",
                            "runtime",
                            "transformersInfo",
                            "models",
                            "datasets",
                            "description",
                            "citation",
                            "paperswithcode_id",
                            "usedStorage",
                            "widgetData"))
            .toList();

    /** Few, and no files: the client's {@code KernelInfo} would take what it does not know as it comes. */
    private static final List<String> OF_ONE_KERNEL =
            Stream.concat(IN_LISTS.stream(), Stream.of("sha")).toList();

    /**
     * The fields of one repository's answer.
     *
     * @param expand empty: all that are usual
     * @throws HubException INVALID for a name that the contract does not know
     */
    static Fields ofOne(RepoType type, Collection<String> expand) {
        if (!expand.isEmpty()) {
            return expanded(type, expand);
        }
        return new Fields(Set.copyOf(type == RepoType.KERNEL ? OF_ONE_KERNEL : OF_ONE));
    }

    /**
     * The fields of a list's items.
     *
     * @param more names beside the usual, where nothing is expanded
     * @throws HubException INVALID for a name that the contract does not know
     */
    static Fields inLists(RepoType type, Collection<String> expand, Collection<String> more) {
        if (!expand.isEmpty()) {
            return expanded(type, expand);
        }
        Set<String> names = new LinkedHashSet<>(IN_LISTS);
        names.addAll(more);
        return new Fields(Set.copyOf(names));
    }

    private static Fields expanded(RepoType type, Collection<String> expand) {
        List<String> known = switch (type) {
            case MODEL -> MODEL;
            case DATASET -> DATASET;
            case SPACE -> SPACE;
            case KERNEL -> KERNEL;
        };
        if (!known.containsAll(expand)) {
            throw new HubException(ErrorKind.INVALID, "\"expand\" must be one of [" + String.join(", ", known) + "]");
        }
        return new Fields(Set.copyOf(expand));
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Whether an answer costs a look into the repository itself. */
    boolean needFiles() {
        return has("siblings");
    }

    /** Whether an answer is made from the card's own metadata. */
    boolean needCards() {
        return FROM_CARDS.stream().anyMatch(this::has);
    }

    /** What an answer is made from beside the repository's own row. */
    Set<Facts.Wanted> facts() {
        Set<Facts.Wanted> facts = EnumSet.noneOf(Facts.Wanted.class);
        FROM_FACTS.forEach((name, fact) -> {
            if (has(name)) {
                facts.add(fact);
            }
        });
        return facts;
    }
}
