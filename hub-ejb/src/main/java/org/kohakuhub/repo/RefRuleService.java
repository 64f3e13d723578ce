package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.RefRule.Terms;

/** The rules about a repository's branches and tags, for those who manage it. {@link RefGuard} keeps them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RefRuleService {
    /** All of them are read for each change of a ref. */
    private static final int MOST = 100;

    private final AccessPolicy access;
    private final RefRuleRows rows;

    @SuppressWarnings("NullAway")
    protected RefRuleService() { // the container's proxy only
        this(null, null);
    }

    @Inject
    public RefRuleService(AccessPolicy access, RefRuleRows rows) {
        this.access = access;
        this.rows = rows;
    }

    /**
     * All rules, by kind and pattern: a hundred at most.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN
     */
    public List<RefRule> all(Caller caller, RepoId name) {
        return rows.all(access.require(caller, Action.MANAGE, name).id());
    }

    /**
     * Adds a rule.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; CONFLICT if the pattern has one; UNPROCESSABLE if there are too many
     */
    public RefRule add(Caller caller, RepoId name, Terms terms) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        if (rows.all(repo.id()).size() >= MOST) {
            throw new HubException(ErrorKind.UNPROCESSABLE, "A repository may have at most " + MOST + " rules");
        }
        return rows.add(repo.id(), terms).orElseThrow(() -> taken(terms));
    }

    /**
     * Gives a rule other terms.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; NOT_FOUND; CONFLICT if another rule has the pattern
     */
    public RefRule change(Caller caller, RepoId name, String id, Terms terms) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        RefRule before = rows.all(repo.id()).stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(RefRuleService::missing);
        if (!rows.change(repo.id(), id, terms)) {
            throw taken(terms);
        }
        return new RefRule(id, terms, before.createdAt());
    }

    /**
     * Removes a rule.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; NOT_FOUND
     */
    public void remove(Caller caller, RepoId name, String id) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        if (!rows.remove(repo.id(), id)) {
            throw missing();
        }
    }

    private static HubException taken(Terms terms) {
        return new HubException(
                ErrorKind.CONFLICT,
                "There is a rule for this " + terms.kind().text() + " pattern: " + Text.shown(terms.pattern()));
    }

    private static HubException missing() {
        return new HubException(ErrorKind.NOT_FOUND, "There is no such rule");
    }
}
