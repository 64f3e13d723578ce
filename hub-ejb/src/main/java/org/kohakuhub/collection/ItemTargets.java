package org.kohakuhub.collection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.OwnedKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoMovedException;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;

/** Finds what an item's name stands for, if the caller may see it. */
@ApplicationScoped
class ItemTargets {
    /** arXiv's numbers since April 2007. */
    private static final Pattern PAPER = Pattern.compile("[0-9]{4}\\.[0-9]{4,5}(v[1-9][0-9]?)?");

    private final AccessPolicy access;
    private final CollectionRows collections;

    /** For the container's proxy. */
    protected ItemTargets() {
        this(null, null);
    }

    @Inject
    ItemTargets(AccessPolicy access, CollectionRows collections) {
        this.access = access;
        this.collections = collections;
    }

    /**
     * The id of the row, or the number of a paper. Former names of repositories and buckets lead to them.
     *
     * @throws HubException NOT_FOUND, REPO_NOT_FOUND, INVALID_REPO_ID, INVALID
     */
    String find(Caller caller, ItemType type, String name) {
        return switch (type) {
            case MODEL, DATASET, SPACE -> repository(caller, type.repository().orElseThrow(), name, true);
            case BUCKET -> bucket(caller, name, true);
            case COLLECTION -> collection(caller, name);
            case PAPER -> {
                if (!PAPER.matcher(name).matches()) {
                    throw new HubException(ErrorKind.INVALID, "Invalid number of a paper: " + Text.shown(name));
                }
                yield name;
            }
        };
    }

    /** The same for {@code models/ns/name} and the like; empty for what the caller cannot find. */
    Optional<String> filtered(Caller caller, String filter) {
        int slash = filter.indexOf('/');
        if (slash < 0) {
            throw new HubException(ErrorKind.INVALID, "item must be such as models/ns/name");
        }
        ItemType type = ItemType.parsePlural(filter.substring(0, slash))
                .orElseThrow(() -> new HubException(ErrorKind.INVALID, "item must be such as models/ns/name"));
        try {
            return Optional.of(find(caller, type, filter.substring(slash + 1)));
        } catch (HubException none) {
            return Optional.empty();
        }
    }

    private String repository(Caller caller, RepoType type, String name, boolean follow) {
        String[] parts = parts(name);
        try {
            return access.require(caller, Action.READ, new RepoId(type, parts[0], parts[1]))
                    .id();
        } catch (RepoMovedException moved) {
            if (follow) {
                return repository(caller, type, moved.nameNow(), false);
            }
            throw moved;
        }
    }

    private String bucket(Caller caller, String name, boolean follow) {
        String[] parts = parts(name);
        try {
            return access.requireBucket(caller, Action.READ, new BucketId(parts[0], parts[1]))
                    .id();
        } catch (RepoMovedException moved) {
            if (follow) {
                return bucket(caller, moved.nameNow(), false);
            }
            throw moved;
        }
    }

    private String collection(Caller caller, String slug) {
        CollectionRecord found = CollectionSlug.id(slug)
                .flatMap(id -> collections.byId(caller, id))
                .orElseThrow(() -> OwnedKey.missing(CollectionRecord.KIND));
        access.requireOwned(caller, Action.READ, found.key());
        return found.id();
    }

    private static String[] parts(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2) {
            throw new HubException(ErrorKind.INVALID_REPO_ID, "Invalid name: " + Text.shown(name));
        }
        return parts;
    }
}
