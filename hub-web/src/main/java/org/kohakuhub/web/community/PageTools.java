package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.community.Overview;
import org.kohakuhub.community.Person;
import org.kohakuhub.community.Slice;
import org.kohakuhub.config.KernelConfig;
import org.kohakuhub.org.Belonging;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.paging.Links;

/** What the pages of users and of organizations have in common. */
@RequestScoped
public class PageTools {
    private final Accounts accounts;
    private final RequestCaller caller;
    private final People people;
    private final Avatars avatars;
    private final Links links;
    private final KernelConfig kernels;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public PageTools() {
        this(null, null, null, null, null, null);
    }

    @Inject
    PageTools(
            Accounts accounts,
            RequestCaller caller,
            People people,
            Avatars avatars,
            Links links,
            KernelConfig kernels) {
        this.accounts = accounts;
        this.caller = caller;
        this.people = people;
        this.avatars = avatars;
        this.links = links;
        this.kernels = kernels;
    }

    Caller caller() {
        return caller.get();
    }

    Response people(Slice<Person> page) {
        return people.answer(page);
    }

    Response linked(Response.ResponseBuilder answer, Optional<String> next) {
        next.ifPresent(cursor -> answer.header("Link", links.next("cursor", cursor)));
        return answer.build();
    }

    AccountRecord account(String name) {
        return accounts.find(name)
                .orElseThrow(() -> new HubException(
                        ErrorKind.NOT_FOUND, "There is no user or organization named " + Text.shown(name)));
    }

    /** A user's or an organization's overview, whichever it is of. */
    Object overview(Overview of) {
        AccountRecord account = of.profile().account();
        String fullName = account.fullName().orElse(account.name());
        String avatar = avatars.address(account.name(), account.isOrganization());
        if (account.isOrganization()) {
            return new Organization(
                    account.id(),
                    account.name(),
                    fullName,
                    avatar,
                    account.description().orElse(null),
                    false,
                    of.followedByCaller().orElse(null),
                    of.members(),
                    of.repositories().model(),
                    of.repositories().space(),
                    of.repositories().dataset(),
                    of.followers(),
                    kernels.trustedPublishers().contains(account.name()),
                    "org");
        }
        return new User(
                account.id(),
                account.name(),
                fullName,
                avatar,
                of.profile().bio().orElse(null),
                false,
                of.repositories().model(),
                of.repositories().dataset(),
                of.repositories().space(),
                of.discussions(),
                0,
                0,
                of.likes(),
                of.following(),
                of.followers(),
                of.followedByCaller().orElse(null),
                "user",
                of.organizations().stream().map(this::shown).toList());
    }

    private Org shown(Belonging org) {
        return new Org(
                org.id(), org.name(), org.fullName().orElse(org.name()), avatars.address(org.name(), true), "org");
    }

    /** The field names are the contract's. A hub of one's own has no papers and sells no subscription. */
    public record User(
            String _id,
            String user,
            String fullname,
            String avatarUrl,
            String details,
            boolean isPro,
            long numModels,
            long numDatasets,
            long numSpaces,
            long numDiscussions,
            long numPapers,
            long numUpvotes,
            long numLikes,
            long numFollowing,
            long numFollowers,
            Boolean isFollowing,
            String type,
            List<Org> orgs) {}

    /** The field names are the contract's. */
    public record Org(String id, String name, String fullname, String avatarUrl, String type) {}

    /** The field names are the contract's. */
    public record Organization(
            String _id,
            String name,
            String fullname,
            String avatarUrl,
            String details,
            boolean isVerified,
            Boolean isFollowing,
            long numUsers,
            long numModels,
            long numSpaces,
            long numDatasets,
            long numFollowers,
            boolean trustedKernelPublisher,
            String type) {}
}
