package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.Ids;
import org.kohakuhub.repo.RefRule.Kind;
import org.kohakuhub.repo.RefRule.Terms;
import org.kohakuhub.repo.RefRule.Who;

/** The rows of rules, each call in one short transaction. Every question names the repository. */
@Stateless
public class RefRuleRows {
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected RefRuleRows() {
        this(null);
    }

    @Inject
    public RefRuleRows(InstantSource clock) {
        this.clock = clock;
    }

    /** All rules of a repository, by kind and pattern. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<RefRule> all(String repoId) {
        List<?> rows = em.createNativeQuery("select id, kind, pattern, push_role, force_role, delete_role, created_at"
                        + " from ref_rule where repo_id = ?1 order by kind, pattern")
                .setParameter(1, repoId)
                .getResultList();
        return rows.stream().map(row -> rule((Object[]) row)).toList();
    }

    private static RefRule rule(Object[] row) {
        Terms terms = new Terms(
                Kind.parse((String) row[1]),
                (String) row[2],
                Who.parse((String) row[3]),
                Who.parse((String) row[4]),
                Who.parse((String) row[5]));
        return new RefRule((String) row[0], terms, Instant.ofEpochMilli(((Number) row[6]).longValue()));
    }

    /** Adds a rule; empty if the pattern has one. */
    public Optional<RefRule> add(String repoId, Terms terms) {
        RefRule rule = new RefRule(Ids.next(clock), terms, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Query insertion = em.createNativeQuery(
                        "insert into ref_rule (id, repo_id, kind, pattern, push_role, force_role,"
                                + " delete_role, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict do nothing")
                .setParameter(8, rule.createdAt().toEpochMilli());
        return bind(insertion, rule.id(), repoId, terms).executeUpdate() == 1 ? Optional.of(rule) : Optional.empty();
    }

    /** Gives a rule new terms; false if it is gone, or another has the pattern. */
    public boolean change(String repoId, String id, Terms terms) {
        Query change = em.createNativeQuery("update ref_rule set kind = ?3, pattern = ?4, push_role = ?5,"
                + " force_role = ?6, delete_role = ?7 where id = ?1 and repo_id = ?2 and not exists (select 1"
                + " from ref_rule r where r.repo_id = ?2 and r.kind = ?3 and r.pattern = ?4 and r.id <> ?1)");
        return bind(change, id, repoId, terms).executeUpdate() == 1;
    }

    private static Query bind(Query query, String id, String repoId, Terms terms) {
        return query.setParameter(1, id)
                .setParameter(2, repoId)
                .setParameter(3, terms.kind().text())
                .setParameter(4, terms.pattern())
                .setParameter(5, terms.push().text())
                .setParameter(6, terms.force().text())
                .setParameter(7, terms.delete().text());
    }

    /** Removes a rule; false if it is gone. */
    public boolean remove(String repoId, String id) {
        return 1
                == em.createNativeQuery("delete from ref_rule where id = ?1 and repo_id = ?2")
                        .setParameter(1, id)
                        .setParameter(2, repoId)
                        .executeUpdate();
    }
}
