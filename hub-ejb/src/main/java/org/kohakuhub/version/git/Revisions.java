package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;

/** The one place where a revision becomes a commit: whole ref, branch, tag, full id, abbreviated id, in this order. */
final class Revisions {
    private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{5,39}");

    private final SqlRepository repository;
    private final RefRows refs;

    Revisions(SqlRepository repository, RefRows refs) {
        this.repository = repository;
        this.refs = refs;
    }

    GitOid resolve(Revision revision) throws IOException {
        if (revision instanceof Revision.Exact exact) {
            return commit(ObjectId.fromString(exact.oid().hex())).orElseThrow(() -> unknown(revision));
        }
        String name = ((Revision.Named) revision).ref();
        return named(name).or(() -> abbreviated(name)).orElseThrow(() -> unknown(revision));
    }

    private Optional<GitOid> named(String name) {
        List<String> candidates = List.of(name, RefNames.HEADS + name, RefNames.TAGS + name);
        Map<String, RefRows.Row> found = refs.find(repository.key().id(), candidates).stream()
                .collect(Collectors.toMap(RefRows.Row::name, Function.identity()));
        for (String candidate : candidates) {
            RefRows.Row row = found.get(candidate);
            if (row != null && row.target() != null) {
                row = refs.find(repository.key().id(), row.target()).orElse(null); // HEAD
            }
            if (row != null) {
                return Optional.of(row.commit());
            }
        }
        return Optional.empty();
    }

    private Optional<GitOid> abbreviated(String name) {
        if (!ABBREVIATED.matcher(name).matches()) {
            return Optional.empty();
        }
        try (ObjectReader reader = repository.newObjectReader()) {
            Collection<ObjectId> candidates = reader.resolve(AbbreviatedObjectId.fromString(name));
            Optional<GitOid> only = Optional.empty();
            for (ObjectId candidate : candidates) {
                Optional<GitOid> commit = commit(candidate);
                if (commit.isPresent() && only.isPresent()) {
                    return Optional.empty(); // two commits begin with it
                }
                only = commit.isPresent() ? commit : only;
            }
            return only;
        } catch (IOException e) {
            throw GitFailures.reading(repository.key(), e);
        }
    }

    private Optional<GitOid> commit(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return Optional.of(new GitOid(walk.parseCommit(id).name()));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    private static HubException unknown(Revision revision) {
        return new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(revision.toString()));
    }
}
