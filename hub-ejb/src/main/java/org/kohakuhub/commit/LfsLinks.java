package org.kohakuhub.commit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.commit.CommitOperation.AddLfsFile;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;

/** Makes sure that a commit names only contents that its repository has a right to, in their true size. */
@ApplicationScoped
class LfsLinks {
    private final ContentObjects objects;

    @SuppressWarnings("NullAway")
    protected LfsLinks() { // the container's proxy only
        this(null);
    }

    @Inject
    LfsLinks(ContentObjects objects) {
        this.objects = objects;
    }

    /**
     * The contents that the operations name. What was uploaded and not yet verified is verified now.
     *
     * @throws HubException UNPROCESSABLE with the file's path, if its content is not there or has another size
     */
    Map<Sha256, ObjectInfo> prove(RepoKey repo, List<AddLfsFile> files) {
        Map<Sha256, ObjectInfo> proven = new HashMap<>(
                objects.linkable(repo, files.stream().map(AddLfsFile::oid).collect(Collectors.toSet())));
        for (AddLfsFile file : files) {
            ObjectInfo info = proven.computeIfAbsent(file.oid(), oid -> uploaded(repo, file));
            if (file.size().isPresent() && file.size().getAsLong() != info.size()) {
                throw refused(
                        file,
                        "its size is " + info.size() + " bytes and not "
                                + file.size().getAsLong());
            }
        }
        return proven;
    }

    private ObjectInfo uploaded(RepoKey repo, AddLfsFile file) {
        if (file.size().isEmpty()) {
            throw refused(file, "this repository has no content with oid " + file.oid());
        }
        try {
            return objects.verifyUploaded(repo, file.oid(), file.size().getAsLong());
        } catch (HubException failed) {
            if (failed.kind() != ErrorKind.UNPROCESSABLE) {
                throw failed;
            }
            throw refused(file, failed.sentence());
        }
    }

    private static HubException refused(AddLfsFile file, String why) {
        return new HubException(
                ErrorKind.UNPROCESSABLE, "LFS file " + Text.shown(file.path().text()) + ": " + why);
    }
}
