package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.community.Person;
import org.kohakuhub.community.Slice;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;

/** Pages of users and organizations: likers, followers, members. */
@RequestScoped
public class People {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private final Avatars avatars;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public People() {
        this(null, null);
    }

    @Inject
    People(Avatars avatars, Links links) {
        this.avatars = avatars;
        this.links = links;
    }

    static int pageSize(String limit) {
        return PageSize.read(limit, PAGE, LONGEST_PAGE);
    }

    Response answer(Slice<Person> page) {
        Response.ResponseBuilder answer =
                Response.ok(page.items().stream().map(this::shown).toArray(Shown[]::new));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    private Shown shown(Person person) {
        return new Shown(
                person.id(),
                person.name(),
                person.fullName().orElse(person.name()),
                avatars.address(person.name(), person.isOrganization()),
                person.isOrganization() ? "org" : "user",
                false);
    }

    /** The field names are the contract's. */
    public record Shown(String _id, String user, String fullname, String avatarUrl, String type, boolean isPro) {}
}
