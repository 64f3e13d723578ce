package org.kohakuhub.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.database.Columns;

/**
 * What the policy must know, each in one query by unique keys. In SQL and not by entities: those belong to the packages
 * above this one.
 */
@ApplicationScoped
class Namespaces {
    private static final String REPOSITORY = """
            select r.id, r.type, a.name as namespace, r.name, r.owner_id, m.role,
              case when r.is_private then 1 else 0 end as hidden,
              case when r.disabled then 1 else 0 end as disabled,
              case when r.gated = 'false' then 0 else 1 end as gated, q.status as request
            from repository r
              join account a on a.id = r.owner_id
              left join membership m on m.org_id = a.id and m.user_id = :user
              left join access_request q on q.repo_id = r.id and q.user_id = :user
            """;

    private static final String BUCKET = """
            select b.id, a.name as namespace, b.name, b.owner_id, m.role,
              case when b.is_private then 1 else 0 end as hidden
            from bucket b
              join account a on a.id = b.owner_id
              left join membership m on m.org_id = a.id and m.user_id = :user
            """;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /**
     * A repository and the caller's role in its namespace.
     *
     * @param role empty for those who are not in it
     * @param gated whether others must ask for its files
     * @param request what became of the caller's asking: pending, accepted or rejected; empty if he did not
     */
    record Found(RepoKey key, boolean disabled, Optional<Role> role, boolean gated, Optional<String> request) {}

    /**
     * A namespace and the caller's role in it.
     *
     * @param role empty for those who are not in it, and for users' own namespaces
     */
    record FoundNamespace(NamespaceKey key, Optional<Role> role) {}

    /**
     * The repository of this address. Letter case does not matter: names that differ only by it, or by {@code -} and
     * {@code _}, cannot exist beside each other, so that there is one row to compare with.
     */
    Optional<Found> repository(Caller caller, RepoId id) {
        return lookAlike(caller, id).filter(found -> sameSpelling(found.key().name(), id));
    }

    /** The repository whose name is this one, or differs from it by letter case, {@code -} and {@code _} only. */
    Optional<Found> lookAlike(Caller caller, RepoId id) {
        return byName(caller, id, """
                where a.normalized_name = :namespace and r.normalized_name = :name and r.type = :type""");
    }

    /** The repository that had this address before. */
    Optional<Found> moved(Caller caller, RepoId id) {
        return byName(caller, id, """
                  join repo_redirect o on o.repo_id = r.id
                where o.namespace = :namespace and o.name = :name and o.type = :type""");
    }

    private Optional<Found> byName(Caller caller, RepoId id, String condition) {
        return found(
                REPOSITORY + condition,
                List.of(
                        new Parameter("user", orNobody(caller)),
                        new Parameter("namespace", Text.normalizedName(id.namespace())),
                        new Parameter("name", Text.normalizedName(id.name())),
                        new Parameter("type", id.type().singular())));
    }

    /** The repository of this row. */
    Optional<Found> repository(Caller caller, String repoId) {
        return found(
                REPOSITORY + "where r.id = :id",
                List.of(new Parameter("user", orNobody(caller)), new Parameter("id", repoId)));
    }

    private Optional<Found> found(String sql, List<Parameter> parameters) {
        return rows(sql, parameters).stream().map(Namespaces::found).findFirst();
    }

    private static Found found(Tuple row) {
        RepoType type = RepoType.parse(row.get("type", String.class));
        RepoId name = new RepoId(type, row.get("namespace", String.class), row.get("name", String.class));
        RepoKey key =
                new RepoKey(row.get("id", String.class), name, row.get("owner_id", String.class), truth(row, "hidden"));
        return new Found(
                key,
                truth(row, "disabled"),
                role(row),
                truth(row, "gated"),
                Optional.ofNullable(row.get("request", String.class)));
    }

    /**
     * A bucket and the caller's role in its namespace.
     *
     * @param role empty for those who are not in it
     */
    record FoundBucket(BucketKey key, Optional<Role> role) {}

    /** The bucket of this address, whatever its letter case. */
    Optional<FoundBucket> bucket(Caller caller, BucketId id) {
        return bucketByName(caller, id, "where a.normalized_name = :namespace and b.normalized_name = :name")
                .filter(found -> found.key().name().fullName().equalsIgnoreCase(id.fullName()));
    }

    /** The bucket that had this address before. */
    Optional<FoundBucket> movedBucket(Caller caller, BucketId id) {
        return bucketByName(caller, id, """
                  join bucket_redirect o on o.bucket_id = b.id
                where o.namespace = :namespace and o.name = :name""");
    }

    private Optional<FoundBucket> bucketByName(Caller caller, BucketId id, String condition) {
        return foundBucket(
                BUCKET + condition,
                List.of(
                        new Parameter("user", orNobody(caller)),
                        new Parameter("namespace", Text.normalizedName(id.namespace())),
                        new Parameter("name", Text.normalizedName(id.name()))));
    }

    /** The bucket of this row. */
    Optional<FoundBucket> bucket(Caller caller, String bucketId) {
        return foundBucket(
                BUCKET + "where b.id = :id",
                List.of(new Parameter("user", orNobody(caller)), new Parameter("id", bucketId)));
    }

    private Optional<FoundBucket> foundBucket(String sql, List<Parameter> parameters) {
        return rows(sql, parameters).stream()
                .map(row -> new FoundBucket(
                        new BucketKey(
                                row.get("id", String.class),
                                new BucketId(row.get("namespace", String.class), row.get("name", String.class)),
                                row.get("owner_id", String.class),
                                truth(row, "hidden")),
                        role(row)))
                .findFirst();
    }

    private static boolean sameSpelling(RepoId one, RepoId other) {
        return one.fullName().equalsIgnoreCase(other.fullName());
    }

    /** The namespace of this name, whatever its letter case. */
    Optional<FoundNamespace> namespace(Caller caller, String name) {
        return rows(
                        """
                        select a.id, a.name, a.kind, m.role from account a
                          left join membership m on m.org_id = a.id and m.user_id = :user
                        where a.normalized_name = :name""",
                        List.of(
                                new Parameter("user", orNobody(caller)),
                                new Parameter("name", Text.normalizedName(name))))
                .stream()
                .filter(row -> row.get("name", String.class).equalsIgnoreCase(name))
                .map(row -> new FoundNamespace(
                        new NamespaceKey(
                                row.get("id", String.class),
                                row.get("name", String.class),
                                row.get("kind", String.class).equals("org")),
                        role(row)))
                .findFirst();
    }

    /** The caller's role in the organization or user of this id. */
    Optional<Role> role(Caller caller, String ownerId) {
        return rows(
                        "select m.role from membership m where m.org_id = :owner and m.user_id = :user",
                        List.of(new Parameter("owner", ownerId), new Parameter("user", orNobody(caller))))
                .stream()
                .findFirst()
                .flatMap(Namespaces::role);
    }

    /** The organizations that a user is in, in whatever role. */
    Set<String> organizations(String userId) {
        return rows("select m.org_id from membership m where m.user_id = :user", List.of(new Parameter("user", userId)))
                .stream()
                .map(row -> row.get("org_id", String.class))
                .collect(Collectors.toSet());
    }

    private record Parameter(String name, String value) {}

    @SuppressWarnings("unchecked") // JPA has no typed native query for tuples
    private List<Tuple> rows(String sql, List<Parameter> parameters) {
        var query = em.createNativeQuery(sql, Tuple.class);
        parameters.forEach(parameter -> query.setParameter(parameter.name(), parameter.value()));
        return query.getResultList();
    }

    /** No row has this id; an SQL null would have to be typed. */
    private static String orNobody(Caller caller) {
        return caller.isAnonymous() ? "" : caller.userId();
    }

    private static Optional<Role> role(Tuple row) {
        return Optional.ofNullable(row.get("role", String.class)).flatMap(Role::parse);
    }

    private static boolean truth(Tuple row, String column) {
        return Columns.truth(row.get(column));
    }
}
