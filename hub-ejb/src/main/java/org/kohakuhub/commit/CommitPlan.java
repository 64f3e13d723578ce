package org.kohakuhub.commit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kohakuhub.commit.CommitOperation.AddFile;
import org.kohakuhub.commit.CommitOperation.AddLfsFile;
import org.kohakuhub.commit.CommitOperation.CopyFile;
import org.kohakuhub.commit.CommitOperation.DeleteFile;
import org.kohakuhub.commit.CommitOperation.DeleteFolder;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.repo.LfsRule;
import org.kohakuhub.version.AttributeRules;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;

/**
 * The operations of one request on their way to changes of a tree. Inline contents become blobs at once; files of the
 * object store wait until all are known, to be proven together. For one thread.
 */
final class CommitPlan {
    private final CommitWriter writer;
    private final LfsRule rule;
    private final List<Step> steps = new ArrayList<>();
    private final List<AddLfsFile> lfsFiles = new ArrayList<>();
    private final Map<String, byte[]> newAttributes = new HashMap<>();

    CommitPlan(CommitWriter writer, LfsRule rule) {
        this.writer = writer;
        this.rule = rule;
    }

    /** Takes the next operation, with its bytes. */
    void add(CommitOperation operation) {
        if (operation instanceof AddFile file) {
            TreeChange put = new TreeChange.PutBlob(file.path(), taken(file)); // holds no bytes, unlike the operation
            steps.add((proven, source) -> put);
        } else if (operation instanceof AddLfsFile file) {
            lfsFiles.add(file);
            steps.add((proven, source) -> new TreeChange.PutPointer(
                    file.path(), file.oid(), proven.get(file.oid()).size()));
        } else if (operation instanceof DeleteFile delete) {
            if (isAttributes(delete.path())) {
                newAttributes.put(AttributeFiles.folderOf(delete.path().text()), new byte[0]);
            }
            steps.add((proven, source) -> new TreeChange.DeleteFile(delete.path()));
        } else if (operation instanceof DeleteFolder delete) {
            steps.add((proven, source) -> new TreeChange.DeleteFolder(delete.path()));
        } else if (operation instanceof CopyFile copy) {
            steps.add((proven, source) -> new TreeChange.Copy(copy.path(), copy.source(), source.apply(copy)));
        } else {
            throw new AssertionError(operation);
        }
    }

    private GitOid taken(AddFile file) {
        try {
            return take(file);
        } catch (IOException e) {
            throw new HubException(ErrorKind.UNAVAILABLE, "A file of the request could not be kept; try again");
        }
    }

    private GitOid take(AddFile file) throws IOException {
        long length = file.content().length();
        if (length >= rule.thresholdBytes()) {
            throw new HubException(
                    ErrorKind.TOO_LARGE,
                    "File " + Text.shown(file.path().text()) + " has " + length + " bytes; files of "
                            + rule.thresholdBytes() + " bytes or more must be uploaded by LFS");
        }
        if (isAttributes(file.path()) && length <= AttributeFiles.LONGEST) {
            try (InputStream content = file.content().open()) {
                newAttributes.put(AttributeFiles.folderOf(file.path().text()), content.readAllBytes());
            }
        }
        try (InputStream content = file.content().open()) {
            return writer.insertBlob(content, length);
        }
    }

    private static boolean isAttributes(FilePath path) {
        return path.fileName().equals(AttributeRules.FILE_NAME);
    }

    /** The files of the object store that the operations name. */
    List<AddLfsFile> lfsFiles() {
        return lfsFiles;
    }

    /**
     * The changes, in the operations' order, and after them a line in the root's .gitattributes for each LFS file that
     * git-lfs would not know for one.
     *
     * @param proven the contents that the operations name
     * @param attributes the .gitattributes files of the branch, by folder
     * @param source the commit in which a copy's source is looked for
     */
    List<TreeChange> changes(
            Map<Sha256, ObjectInfo> proven, Map<String, byte[]> attributes, Function<CopyFile, GitOid> source) {
        List<TreeChange> changes = new ArrayList<>(steps.size() + 1);
        steps.forEach(step -> changes.add(step.change(proven, source)));
        Map<String, byte[]> files = new HashMap<>(attributes);
        files.putAll(newAttributes);
        AttributeRules rules = AttributeRules.parse(files);
        List<String> lines = lfsFiles.stream()
                .map(AddLfsFile::path)
                .filter(path -> !rules.lfs(path).orElse(false))
                .map(AttributeRules::lineFor)
                .distinct()
                .toList();
        if (!lines.isEmpty()) {
            changes.add(new TreeChange.AppendLines(new FilePath(AttributeRules.FILE_NAME), lines));
        }
        return changes;
    }

    /** One change, once its content is proven and its source is known. */
    private interface Step {
        TreeChange change(Map<Sha256, ObjectInfo> proven, Function<CopyFile, GitOid> source);
    }
}
