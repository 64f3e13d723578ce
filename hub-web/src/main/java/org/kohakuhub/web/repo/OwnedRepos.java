package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.repo.Facts;
import org.kohakuhub.repo.ListQuery;
import org.kohakuhub.repo.RepositoryCatalog;
import org.kohakuhub.repo.RepositoryPage;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.paging.Links;

/** The repositories of one namespace, of all types, with the room that each takes. */
@RequestScoped
public class OwnedRepos {
    private static final int PAGE = 100;

    private final RepositoryCatalog catalog;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public OwnedRepos() {
        this(null, null, null);
    }

    @Inject
    OwnedRepos(RepositoryCatalog catalog, RequestCaller caller, Links links) {
        this.catalog = catalog;
        this.caller = caller;
        this.links = links;
    }

    Response list(String namespace, String limit, String cursor) {
        ListQuery query = new ListQuery(
                Optional.empty(),
                Optional.of(namespace),
                List.of(),
                List.of(),
                Optional.empty(),
                ListQuery.Order.MODIFIED,
                Optional.ofNullable(cursor),
                PageSize.read(limit, PAGE, PAGE));
        RepositoryPage page = catalog.list(caller.get(), query, EnumSet.of(Facts.Wanted.STORAGE), false);
        Response.ResponseBuilder answer = Response.ok(page.repositories().stream()
                .map(repository -> Item.of(repository, page.facts(repository).storage()))
                .toArray(Item[]::new));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    /**
     * The field names are the contract's.
     *
     * @param storage bytes
     */
    public record Item(String id, String type, String updatedAt, String visibility, long storage) {
        static Item of(RepositoryRecord repository, long storage) {
            return new Item(
                    repository.name().fullName(),
                    repository.name().type().singular(),
                    JsonAnswer.date(repository.modifiedAt()),
                    Visibility.word(repository.isPrivate()),
                    storage);
        }
    }
}
