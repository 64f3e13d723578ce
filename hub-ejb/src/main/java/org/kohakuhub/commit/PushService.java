package org.kohakuhub.commit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.repo.CardKeeper;
import org.kohakuhub.repo.CommitAuthors;
import org.kohakuhub.repo.LfsRules;
import org.kohakuhub.repo.RefGuard;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.PushPolicy;
import org.kohakuhub.version.PushPolicy.NewPointer;
import org.kohakuhub.version.RefsMoved.Move;

/** Lets people push over git, by the rules that commits through the API keep. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PushService {
    /** More of a kind are not listed one by one. */
    private static final int LISTED = 20;

    private final AccessPolicy access;
    private final LfsRules rules;
    private final ContentObjects contents;
    private final CommitAuthors authors;
    private final CardKeeper cards;
    private final WriteAccess refs;
    private final RefGuard guard;

    @SuppressWarnings("NullAway")
    protected PushService() { // the container's proxy only
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public PushService(
            AccessPolicy access,
            LfsRules rules,
            ContentObjects contents,
            CommitAuthors authors,
            CardKeeper cards,
            WriteAccess refs,
            RefGuard guard) {
        this.access = access;
        this.rules = rules;
        this.contents = contents;
        this.authors = authors;
        this.cards = cards;
        this.refs = refs;
        this.guard = guard;
    }

    /**
     * The rules for one push of this caller.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public PushPolicy begin(Caller caller, RepoId name) {
        RepoKey repo = refs.push(caller, name);
        return new Policy(repo, caller, authors.of(caller), rules.of(repo).thresholdBytes(), guard.of(caller, repo));
    }

    private final class Policy implements PushPolicy {
        private final RepoKey repo;
        private final Author author;
        private final long tooLong;
        private final Caller caller;
        private final boolean writes;
        private final boolean manages;
        private final RefGuard.Rules refRules;

        Policy(RepoKey repo, Caller caller, Author author, long tooLong, RefGuard.Rules refRules) {
            this.repo = repo;
            this.caller = caller;
            this.writes = access.allows(caller, Action.WRITE, repo);
            this.author = author;
            this.tooLong = tooLong;
            this.manages = access.allows(caller, Action.MANAGE, repo);
            this.refRules = refRules;
        }

        @Override
        public Author author() {
            return author;
        }

        @Override
        public long tooLong() {
            return tooLong;
        }

        @Override
        public Optional<String> objection(Move move, boolean forced) {
            Optional<String> objection = refs.objection(caller, repo, writes, move.ref())
                    .or(() -> refRules.objection(move.ref(), deed(move, forced)));
            if (objection.isPresent() || !move.ref().equals(Revisions.DEFAULT_REF)) {
                return objection;
            }
            if (move.to().isEmpty()) {
                return Optional.of("the default branch cannot be deleted");
            }
            return forced && !manages
                    ? Optional.of("only those who manage the repository may rewrite its default branch")
                    : Optional.empty();
        }

        /** A tag is not meant to move, forward or not. */
        private Deed deed(Move move, boolean forced) {
            if (move.to().isEmpty()) {
                return Deed.DELETE;
            }
            boolean movedTag = move.from().isPresent() && move.ref().startsWith(RefNames.TAGS);
            return forced || movedTag ? Deed.FORCE : Deed.PUSH;
        }

        @Override
        public List<String> objections(Arrivals arrivals) {
            List<String> objections = new ArrayList<>(arrivals.badPaths().values());
            arrivals.tooLong()
                    .forEach((path, size) -> objections.add(Text.shown(path) + " has " + size + " bytes; files of "
                            + tooLong + " bytes or more go by git-lfs: git lfs track \"" + Text.shown(path)
                            + "\", and commit it anew"));
            addMissing(arrivals.pointers(), objections);
            return objections;
        }

        private void addMissing(List<NewPointer> pointers, List<String> objections) {
            if (pointers.isEmpty()) {
                return;
            }
            Map<Sha256, ObjectInfo> granted = contents.linkable(
                    repo,
                    pointers.stream()
                            .map(found -> found.pointer().oid())
                            .distinct()
                            .toList());
            int missing = 0;
            for (NewPointer found : pointers) {
                LfsPointer pointer = found.pointer();
                ObjectInfo info = granted.get(pointer.oid());
                if (info != null && info.size() == pointer.size()) {
                    continue;
                }
                if (++missing <= LISTED) {
                    objections.add(Text.shown(found.path()) + ": its LFS object " + pointer.oid()
                            + (info == null ? " was not uploaded to this repository" : " has another size"));
                }
            }
            if (missing > 0) {
                objections.add("Upload LFS objects first: git lfs push --all <remote>"
                        + (missing > LISTED ? " (" + (missing - LISTED) + " more are missing)" : ""));
            }
        }

        @Override
        public void moved(List<Move> moves) {
            if (moves.stream().anyMatch(move -> move.ref().equals(Revisions.DEFAULT_REF))) {
                cards.refresh(repo);
            }
        }
    }
}
