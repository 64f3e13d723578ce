package org.kohakuhub.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;

/** Contents without a store: those that a repository has a right to, and those that wait to be verified. */
final class GrantedContents extends ContentObjects {
    private final Map<Sha256, Long> granted = new ConcurrentHashMap<>();
    private final Map<Sha256, Long> uploaded = new ConcurrentHashMap<>();
    final List<Sha256> verified = new ArrayList<>();

    void grant(Sha256 oid, long size) {
        granted.put(oid, size);
    }

    void upload(Sha256 oid, long size) {
        uploaded.put(oid, size);
    }

    @Override
    public Map<Sha256, ObjectInfo> granted(RepoKey repo, Collection<Sha256> wanted) {
        Map<Sha256, ObjectInfo> found = new ConcurrentHashMap<>();
        wanted.stream()
                .filter(granted::containsKey)
                .forEach(oid -> found.put(oid, new ObjectInfo(oid, granted.get(oid))));
        return found;
    }

    @Override
    public Map<Sha256, ObjectInfo> linkable(RepoKey repo, Collection<Sha256> wanted) {
        return granted(repo, wanted);
    }

    @Override
    public ObjectInfo verifyUploaded(RepoKey repo, Sha256 sha256, long size) {
        Long bytes = uploaded.get(sha256);
        if (bytes == null || bytes != size) {
            throw new HubException(ErrorKind.UNPROCESSABLE, "Nothing was uploaded under oid " + sha256);
        }
        verified.add(sha256);
        granted.put(sha256, size);
        return new ObjectInfo(sha256, size);
    }
}
