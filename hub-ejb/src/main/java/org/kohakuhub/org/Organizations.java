package org.kohakuhub.org;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.Role;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.ProfileChange;
import org.kohakuhub.account.Profiles;
import org.kohakuhub.common.HubException;

/** Makes organizations and shows them to whoever asks. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Organizations {
    private final Accounts accounts;
    private final Profiles profiles;
    private final AccessPolicy access;
    private final Clock clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Organizations() {
        this(null, null, null, null);
    }

    @Inject
    public Organizations(Accounts accounts, Profiles profiles, AccessPolicy access, Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Makes an organization, whose first super-admin the caller becomes.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN for a read-only token; INVALID, CONFLICT for the name
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public AccountRecord create(Caller caller, String name, Optional<String> description) {
        access.requireAccount(caller);
        AccountRecord made = accounts.createOrganization(name, description);
        em.persist(new Membership(made.id(), caller.userId(), Role.SUPER_ADMIN, clock.millis()));
        return made;
    }

    /**
     * Changes what the organization tells of itself.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void describe(Caller caller, String name, ProfileChange change) {
        access.requireNamespace(caller, Action.MANAGE_ORGANIZATION, find(name).name());
        profiles.changeOrganization(name, change);
    }

    /**
     * The organization of this name.
     *
     * @throws HubException NOT_FOUND
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public AccountRecord find(String name) {
        return accounts.require(name, true);
    }

    /** Who is in it, by name. */
    public List<Member> members(String organization) {
        String id = find(organization).id();
        return tuples("""
                        select a.name, m.role from membership m join account a on a.id = m.user_id
                        where m.org_id = :id order by a.name""", id)
                .map(row -> new Member(text(row, "name").orElseThrow(), role(row)))
                .toList();
    }

    /** The organizations that a user is in, by name; empty for a user who does not exist. */
    public List<Belonging> of(String username) {
        Optional<AccountRecord> user = accounts.find(username).filter(account -> !account.isOrganization());
        return user.map(AccountRecord::id).map(this::ofUser).orElse(List.of());
    }

    /** The organizations that the user of this id is in, by name. */
    public List<Belonging> ofUser(String userId) {
        return tuples("""
                        select a.id, a.name, a.full_name, a.description, m.role
                        from membership m join account a on a.id = m.org_id
                        where m.user_id = :id order by a.name""", userId)
                .map(row -> new Belonging(
                        text(row, "id").orElseThrow(),
                        text(row, "name").orElseThrow(),
                        text(row, "full_name"),
                        text(row, "description"),
                        role(row)))
                .toList();
    }

    /** How many repositories it has; private ones count for its members only. */
    public RepoCounts repositories(Caller caller, AccountRecord organization) {
        boolean all = access.visibility(caller).includes(organization.id());
        String condition = all ? "" : " and not r.is_private";
        Map<String, Long> counts = tuples(
                        "select r.type, count(*) as number from repository r where r.owner_id = :id" + condition
                                + " group by r.type",
                        organization.id())
                .collect(Collectors.toMap(
                        row -> text(row, "type").orElseThrow(), row -> ((Number) row.get("number")).longValue()));
        Function<String, Long> count = type -> counts.getOrDefault(type, 0L);
        return new RepoCounts(count.apply("model"), count.apply("dataset"), count.apply("space"));
    }

    @SuppressWarnings("unchecked") // JPA has no typed native query for tuples
    private Stream<Tuple> tuples(String sql, String id) {
        return em.createNativeQuery(sql, Tuple.class).setParameter("id", id).getResultList().stream();
    }

    private static Optional<String> text(Tuple row, String column) {
        return Optional.ofNullable(row.get(column, String.class));
    }

    private static Role role(Tuple row) {
        return Role.parse(row.get("role", String.class)).orElseThrow();
    }
}
