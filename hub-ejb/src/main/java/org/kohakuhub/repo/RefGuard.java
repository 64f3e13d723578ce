package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.access.Role;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.repo.RefRule.Who;

/**
 * The only judge of protected branches and tags: whatever moves a ref asks here, after {@link AccessPolicy}. Where several
 * rules match, each must allow it.
 */
@ApplicationScoped
public class RefGuard {
    private final AccessPolicy access;
    private final RefRuleRows rules;

    /** For the container's proxy. */
    protected RefGuard() {
        this(null, null);
    }

    @Inject
    public RefGuard(AccessPolicy access, RefRuleRows rules) {
        this.access = access;
        this.rules = rules;
    }

    /**
     * Lets pass who may do this to a ref.
     *
     * @param ref the whole name
     * @throws HubException FORBIDDEN, in a sentence that names the rule
     */
    public void require(Caller caller, RepoKey repo, String ref, Deed deed) {
        of(caller, repo).objection(ref, deed).ifPresent(sentence -> {
            throw new HubException(ErrorKind.FORBIDDEN, "P" + sentence.substring(1));
        });
    }

    /** The repository's rules as they are for this caller, for several questions. */
    public Rules of(Caller caller, RepoKey repo) {
        List<RefRule> all = rules.all(repo.id());
        return new Rules(all, all.isEmpty() ? Optional.empty() : access.rank(caller, repo));
    }

    /** What the rules say to one caller. */
    public static final class Rules {
        private final List<RefRule> all;
        private final Optional<Role> role;

        Rules(List<RefRule> all, Optional<Role> role) {
            this.all = all;
            this.role = role;
        }

        /** Why the caller may not do this to a ref, if that is so. */
        public Optional<String> objection(String ref, Deed deed) {
            return all.stream()
                    .map(RefRule::terms)
                    .filter(terms -> terms.matches(ref) && !terms.who(deed).includes(role))
                    .findFirst()
                    .map(terms -> "protected " + terms.kind().text() + ": " + may(terms.who(deed)) + " "
                            + deed.participle() + " here (rule " + Text.shown(terms.pattern()) + ")");
        }

        private static String may(Who who) {
            return who == Who.NOBODY ? "it may not be" : "without the role " + who.text() + " it may not be";
        }
    }
}
