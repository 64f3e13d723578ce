package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.QuickSearch;
import org.kohakuhub.repo.QuickSearch.Account;
import org.kohakuhub.repo.QuickSearch.Found;
import org.kohakuhub.repo.QuickSearch.Repo;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.community.Avatars;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * {@code GET /api/quicksearch?q=&type=&limit=}: models, datasets, spaces, kernels, organizations and users for a search box, the
 * best first.
 */
@RequestScoped
@Path("/api/quicksearch")
@Produces(MediaType.APPLICATION_JSON)
public class QuickSearchResource {
    private static final String ORG = "org";
    private static final String USER = "user";

    /** Kinds that the reference service has and a hub has none of; asking for them is no mistake. */
    private static final Set<String> NEVER_FOUND = Set.of("paper", "collection", "bucket");

    private static final Set<String> EVERYTHING = Set.of("model", "dataset", "space", "kernel", ORG, USER);
    private static final int LIMIT = 10;
    private static final int MOST = 100;
    private static final int LONGEST = 200;

    private final QuickSearch search;
    private final RequestCaller caller;
    private final Avatars avatars;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public QuickSearchResource() {
        this(null, null, null);
    }

    @Inject
    public QuickSearchResource(QuickSearch search, RequestCaller caller, Avatars avatars) {
        this.search = search;
        this.caller = caller;
        this.avatars = avatars;
    }

    /**
     * Finds.
     *
     * @param types several, or joined by commas; none for all
     */
    @GET
    public Response find(
            @QueryParam("q") @DefaultValue("") String text,
            @QueryParam("type") List<String> types,
            @QueryParam("limit") String limit) {
        String wanted = Text.storable("q", text.strip(), LONGEST);
        Set<String> asked = asked(types);
        int most = PageSize.read(limit, LIMIT, MOST);
        Map<RepoType, Found<Repo>> repositories = new EnumMap<>(RepoType.class);
        for (RepoType type : RepoType.values()) {
            if (asked.contains(type.singular())) {
                repositories.put(type, search.repositories(caller.get(), type, wanted, most));
            }
        }
        Optional<Found<Account>> orgs = accounts(asked.contains(ORG), true, wanted, most);
        Optional<Found<Account>> users = accounts(asked.contains(USER), false, wanted, most);
        return Response.ok(JsonAnswer.of(json -> {
                    json.writeStartObject();
                    repositories.forEach((type, found) -> write(
                            json,
                            type.plural(),
                            found,
                            repo -> json.write("_id", repo.id())
                                    .write("id", repo.fullName())
                                    .write("private", repo.isPrivate())));
                    orgs.ifPresent(found -> write(json, "orgs", found, org -> account(json, "name", org, true)));
                    users.ifPresent(found -> write(json, "users", found, user -> account(json, "user", user, false)));
                    json.write("q", wanted).writeEnd();
                }))
                .build();
    }

    private Optional<Found<Account>> accounts(boolean asked, boolean orgs, String text, int most) {
        return asked ? Optional.of(search.accounts(orgs, text, most)) : Optional.empty();
    }

    private static Set<String> asked(List<String> types) {
        Set<String> asked = types.stream()
                .flatMap(type -> Stream.of(type.split(",", -1)))
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toSet());
        asked.stream()
                .filter(type -> !EVERYTHING.contains(type) && !NEVER_FOUND.contains(type))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new HubException(ErrorKind.INVALID, "Unknown type: " + Text.shown(unknown));
                });
        return asked.isEmpty() ? EVERYTHING : asked;
    }

    private void account(JsonGenerator json, String word, Account account, boolean isOrg) {
        json.write("_id", account.id())
                .write(word, account.name())
                .write("fullname", account.fullName())
                .write("avatarUrl", avatars.address(account.name(), isOrg));
    }

    private static <T> void write(JsonGenerator json, String field, Found<T> found, Consumer<T> fields) {
        json.writeStartArray(field);
        for (T each : found.first()) {
            json.writeStartObject();
            fields.accept(each);
            json.writeEnd();
        }
        json.writeEnd().write(field + "Count", found.count());
    }
}
