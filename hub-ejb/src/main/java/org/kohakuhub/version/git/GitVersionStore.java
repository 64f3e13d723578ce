package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TagBuilder;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.RefRecord;
import org.kohakuhub.version.RemovedBranch;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** The version store on JGit's DFS engine. */
@ApplicationScoped
class GitVersionStore implements VersionStore {
    private final Storage storage;
    private final BranchLocks locks;
    private final PackMaintenance maintenance;
    private final PointerCache pointers;
    private final LastCommitFinder finder;

    /** For the container's proxy only. */
    protected GitVersionStore() {
        this(null, null, null, null, null);
    }

    @Inject
    GitVersionStore(
            Storage storage,
            BranchLocks locks,
            PackMaintenance maintenance,
            PointerCache pointers,
            LastCommitFinder finder) {
        this.storage = storage;
        this.locks = locks;
        this.maintenance = maintenance;
        this.pointers = pointers;
        this.finder = finder;
    }

    private interface Reading<T> {
        T from(SqlRepository repository, ObjectReader reader) throws IOException;
    }

    private <T> T read(RepoKey repo, Reading<T> reading) {
        try (SqlRepository repository = SqlRepository.open(repo, storage);
                ObjectReader reader = repository.newObjectReader()) {
            return reading.from(repository, reader);
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
    }

    @Override
    public GitOid initialize(RepoKey repo, Author author, String message, Map<FilePath, byte[]> files) {
        try (CommitWriter writer = write(repo)) {
            List<TreeChange> changes = new ArrayList<>();
            files.forEach((path, bytes) -> changes.add(
                    new TreeChange.PutBlob(path, writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length))));
            return writer.commit(new CommitDraft(RefNames.HEADS + "main", Optional.empty(), author, message, changes));
        }
    }

    @Override
    public GitOid resolve(RepoKey repo, Revision revision) {
        return read(repo, (repository, reader) -> new Revisions(repository, storage.refs()).resolve(revision));
    }

    @Override
    public Optional<GitOid> head(RepoKey repo, String ref) {
        return storage.refs().find(repo.id(), ref).map(RefRows.Row::commit);
    }

    @Override
    public Map<String, GitOid> heads(Collection<RepoKey> repos, String ref) {
        return storage.refs().commits(repos.stream().map(RepoKey::id).toList(), ref);
    }

    @Override
    public Optional<TreeEntry> entry(RepoKey repo, GitOid commit, FilePath path) {
        return read(repo, (repository, reader) -> new TreeReader(reader, pointers, commit).entry(path));
    }

    @Override
    public List<TreeEntry> entries(RepoKey repo, GitOid commit, Collection<FilePath> paths) {
        return read(repo, (repository, reader) -> new TreeReader(reader, pointers, commit).entries(paths));
    }

    @Override
    public TreePage list(
            RepoKey repo, GitOid commit, Optional<FilePath> folder, boolean recursive, String after, int limit) {
        return read(
                repo,
                (repository, reader) -> new TreeReader(reader, pointers, commit).list(folder, recursive, after, limit));
    }

    @Override
    public void forEachFile(RepoKey repo, GitOid commit, Consumer<TreeEntry> each) {
        read(repo, (repository, reader) -> {
            new TreeReader(reader, pointers, commit).forEachFile(each);
            return null;
        });
    }

    @Override
    public byte[] read(RepoKey repo, GitOid blob, int limit) {
        return read(repo, (repository, reader) -> {
            ObjectLoader loader = reader.open(id(blob), Constants.OBJ_BLOB);
            if (loader.getSize() > limit) {
                throw new HubException(ErrorKind.TOO_LARGE, "The file is larger than " + limit + " bytes");
            }
            return loader.getCachedBytes(limit);
        });
    }

    @Override
    public InputStream open(RepoKey repo, GitOid blob) {
        SqlRepository repository = SqlRepository.open(repo, storage);
        ObjectReader reader = repository.newObjectReader();
        boolean opened = false;
        try {
            ObjectLoader loader = reader.open(id(blob), Constants.OBJ_BLOB);
            InputStream content = loader.openStream();
            opened = true;
            return new FilterInputStream(content) {
                @Override
                public void close() throws IOException {
                    try (repository;
                            reader) {
                        super.close();
                    }
                }
            };
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        } finally {
            if (!opened) {
                reader.close();
                repository.close();
            }
        }
    }

    @Override
    public Map<String, CommitRecord> lastCommits(RepoKey repo, GitOid commit, Collection<String> paths) {
        return read(repo, (repository, reader) -> finder.find(repo, reader, commit, paths));
    }

    @Override
    public List<CommitRecord> log(RepoKey repo, GitOid from, int skip, int limit) {
        return read(repo, (repository, reader) -> new History(reader).log(from, skip, limit));
    }

    @Override
    public List<CommitRecord> between(RepoKey repo, GitOid from, GitOid to, int limit) {
        return read(repo, (repository, reader) -> new History(reader).between(from, to, limit));
    }

    @Override
    public Optional<GitOid> mergeBase(RepoKey repo, GitOid one, GitOid other) {
        return read(repo, (repository, reader) -> new History(reader).mergeBase(one, other));
    }

    @Override
    public CommitRecord commit(RepoKey repo, GitOid commit) {
        return read(
                repo,
                (repository, reader) -> new History(reader).log(commit, 0, 1).get(0));
    }

    @Override
    public ChangePage changes(RepoKey repo, Optional<GitOid> from, GitOid to, String after, int limit) {
        return read(repo, (repository, reader) -> new DiffReader(repository, reader).changes(from, to, after, limit));
    }

    @Override
    public List<RefRecord> refs(RepoKey repo, String prefix) {
        return storage.refs().all(repo.id(), prefix).stream()
                .filter(row -> row.target() == null)
                .map(row -> new RefRecord(row.name(), row.commit()))
                .toList();
    }

    @Override
    public List<RemovedBranch> removedBranches(
            RepoKey repo, Instant since, Optional<String> branch, Optional<RemovedBranch.Place> before, int limit) {
        String ref = branch.map(name -> RefNames.HEADS + name).orElse("");
        return storage.refs().removed(repo.id(), since.toEpochMilli(), ref, before, limit);
    }

    @Override
    public void createRef(RepoKey repo, String ref, GitOid commit, Author actor, Optional<String> tagMessage) {
        try (SqlRepository repository = SqlRepository.open(repo, storage);
                ObjectInserter inserter = repository.newObjectInserter()) {
            GitOid value = commit;
            Optional<GitOid> peeled = Optional.empty();
            if (tagMessage.isPresent()) {
                TagBuilder tag = new TagBuilder();
                tag.setTag(ref.substring(RefNames.TAGS.length()));
                tag.setObjectId(id(commit), Constants.OBJ_COMMIT);
                tag.setTagger(GitCommitWriter.ident(actor, storage));
                tag.setMessage(tagMessage.get());
                value = new GitOid(inserter.insert(tag).name());
                inserter.flush();
                peeled = Optional.of(commit);
            }
            RefStep step = new RefStep(ref, Optional.empty(), Optional.of(value), peeled);
            storage.publisher()
                    .publish(
                            repo,
                            repository.getObjectDatabase().uploadStaged(),
                            List.of(step),
                            actor.name(),
                            "create " + ref);
        } catch (SwapLostException exists) {
            throw new HubException(ErrorKind.CONFLICT, "Reference " + Text.shown(ref) + " already exists");
        } catch (IOException e) {
            throw GitFailures.writing(repo, e);
        }
    }

    /** A ref cannot be both a file and a folder: many clients keep refs as files. */
    @Override
    public void deleteRef(RepoKey repo, String ref, Author actor) {
        // another attempt only if the ref moved between reading and removing it
        for (int attempt = 0; attempt < 10; attempt++) {
            Optional<GitOid> value =
                    storage.refs().find(repo.id(), ref).map(RefRows.Row::oid).map(GitOid::new);
            if (value.isEmpty()) {
                String name = ref.replaceFirst("^refs/(heads|tags)/", "");
                throw new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(name));
            }
            try {
                RefStep step = new RefStep(ref, value, Optional.empty(), Optional.empty());
                storage.publisher().publish(repo, List.of(), List.of(step), actor.name(), "delete " + ref);
                return;
            } catch (SwapLostException moved) {
                continue;
            }
        }
        throw new HubException(ErrorKind.UNAVAILABLE, "The branch keeps moving, try again");
    }

    @Override
    public void abandon(RepoKey repo) {
        storage.publisher().abandon(repo);
    }

    @Override
    public CommitWriter write(RepoKey repo) {
        return new GitCommitWriter(repo, storage, locks, maintenance);
    }

    @Override
    public Repacked repack(RepoKey repo) {
        try {
            return maintenance.repackNow(repo);
        } catch (SwapLostException overtaken) {
            throw PackMaintenance.busy();
        } catch (IOException e) {
            throw GitFailures.writing(repo, e);
        }
    }

    private static ObjectId id(GitOid oid) {
        return ObjectId.fromString(oid.hex());
    }
}
