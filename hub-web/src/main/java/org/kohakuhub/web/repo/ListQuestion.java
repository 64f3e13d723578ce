package org.kohakuhub.web.repo;

import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.ListQuery;

/** What the query parameters of a list ask for. */
final class ListQuestion {
    private static final int PAGE = 500;
    private static final int LONGEST_PAGE = 1_000;

    /** With cards, which may be long. */
    private static final int PAGE_OF_CARDS = 100;

    /** Where each item is looked into. */
    private static final int COSTLY_PAGE = 50;

    private static final int MOST_CONDITIONS = 30;
    private static final Pattern PARAMETERS = Pattern.compile("(min|max):([0-9]{1,15}(?:\\.[0-9]{1,6})?)([kKmMbBtT]?)");
    private static final Map<String, Integer> POWERS = Map.of("", 0, "k", 3, "m", 6, "b", 9, "t", 12);

    /** Of the applications that run models, those that take GGUF files. */
    private static final Set<String> GGUF_APPS = Set.of(
            "backyard",
            "docker-model-runner",
            "jan",
            "jellybox",
            "koboldcpp",
            "lemonade",
            "llama-cpp-python",
            "llama.cpp",
            "lmstudio",
            "msty",
            "node-llama-cpp",
            "ollama",
            "recursechat",
            "sanctum",
            "unsloth");

    /** The tags that a model must have for an application to run it. */
    private static final Map<String, List<String>> OTHER_APPS = Map.of(
            "vllm", List.of("transformers", "text-generation"),
            "sglang", List.of("transformers", "text-generation"),
            "tgi", List.of("transformers", "text-generation"),
            "mlx-lm", List.of("mlx"),
            "draw-things", List.of("diffusers", "text-to-image"),
            "diffusionbee", List.of("diffusers", "text-to-image"),
            "joyfusion", List.of("diffusers", "text-to-image"),
            "invoke", List.of("diffusers", "text-to-image"));

    private final RepoType type;
    private final MultivaluedMap<String, String> parameters;

    ListQuestion(RepoType type, MultivaluedMap<String, String> parameters) {
        this.type = type;
        this.parameters = parameters;
    }

    /** Whether nothing can fit: nobody serves models here, and an application that nobody knows runs none. */
    boolean isHopeless() {
        return type == RepoType.MODEL
                && (all("inference", "inference_provider").findAny().isPresent()
                        || all("apps").anyMatch(app -> appTags(app).isEmpty()));
    }

    /** @throws HubException INVALID for what cannot be asked */
    ListQuery query(Fields fields) {
        List<String> tags = Stream.of(
                        all("filter", "pipeline_tag", "library", "tags")
                                .flatMap(value -> Stream.of(value.split(",", -1))), // older clients join tags by commas
                        type == RepoType.MODEL
                                ? all("apps").flatMap(app -> appTags(app).stream())
                                : Stream.<String>empty(),
                        type == RepoType.SPACE ? links() : Stream.<String>empty())
                .flatMap(texts -> texts)
                .filter(tag -> !tag.isBlank())
                .distinct()
                .toList();
        List<String> search = all("search").distinct().toList();
        if (tags.size() + search.size() > MOST_CONDITIONS) {
            throw new HubException(
                    ErrorKind.INVALID, "A list may be narrowed by " + MOST_CONDITIONS + " tags and texts at most");
        }
        return new ListQuery(
                Optional.of(type),
                one("author"),
                search,
                tags,
                one("gated").map(QueryFlag::isSet),
                type == RepoType.MODEL ? one("num_parameters").map(ListQuestion::range) : Optional.empty(),
                order(one("sort").orElse(search.isEmpty() ? "" : "trendingScore")),
                isAscending(),
                one("cursor"),
                limit(fields));
    }

    private int limit(Fields fields) {
        String limit = parameters.getFirst("limit");
        if (fields.needFiles()) {
            return PageSize.read(limit, COSTLY_PAGE, COSTLY_PAGE);
        }
        return fields.needCards()
                ? PageSize.read(limit, PAGE_OF_CARDS, PAGE_OF_CARDS)
                : PageSize.read(limit, PAGE, LONGEST_PAGE);
    }

    private static List<String> appTags(String app) {
        return GGUF_APPS.contains(app) ? List.of("gguf") : OTHER_APPS.getOrDefault(app, List.of());
    }

    private Stream<String> links() {
        Stream<String> linked = one("linked").filter(QueryFlag::isSet).map(yes -> "hub:linked").stream();
        return Stream.of(
                        linked,
                        all("models").map(id -> "models:" + id),
                        all("datasets").map(id -> "datasets:" + id))
                .flatMap(texts -> texts);
    }

    private boolean isAscending() {
        return switch (one("direction").orElse("-1")) {
            case "-1" -> false;
            case "1" -> true;
            default -> throw new HubException(ErrorKind.INVALID, "direction must be -1 or 1");
        };
    }

    /** {@code min:6B,max:128B}; one of the two is enough. */
    static ListQuery.Range range(String text) {
        long least = 0;
        long most = Long.MAX_VALUE;
        for (String end : text.split(",", -1)) {
            Matcher matcher = PARAMETERS.matcher(end.strip());
            if (!matcher.matches()) {
                throw new HubException(ErrorKind.INVALID, "num_parameters must be of the form min:6B,max:128B");
            }
            int power = POWERS.get(matcher.group(3).toLowerCase(Locale.ROOT));
            long number = new BigDecimal(matcher.group(2))
                    .scaleByPowerOfTen(power)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValue();
            if (matcher.group(1).equals("min")) {
                least = number;
            } else {
                most = number;
            }
        }
        return new ListQuery.Range(least, most);
    }

    /** Without a word about it what was changed last comes first; whoever searches gets what is in demand, as there. */
    private static ListQuery.Order order(String sort) {
        return switch (sort) {
            case "", "lastModified", "last_modified" -> ListQuery.Order.MODIFIED;
            case "trendingScore", "trending_score" -> ListQuery.Order.TRENDING;
            case "createdAt", "created_at" -> ListQuery.Order.CREATED;
            case "downloads" -> ListQuery.Order.DOWNLOADS;
            case "likes" -> ListQuery.Order.LIKES;
            default -> throw new HubException(ErrorKind.INVALID, "Unknown sort: " + Text.shown(sort));
        };
    }

    private Optional<String> one(String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(value -> !value.isEmpty());
    }

    private Stream<String> all(String... names) {
        return Stream.of(names)
                .flatMap(name -> Optional.ofNullable(parameters.get(name)).stream())
                .flatMap(List::stream)
                .filter(value -> !value.isEmpty());
    }
}
