package org.kohakuhub.repo;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * What is told of a repository from other tables. Each is filled in only if it was wanted.
 *
 * @param head of the default branch
 * @param storage bytes that it takes in the object store and database
 * @param children how many models say that they were made from this one
 * @param spaces that say they use it
 */
public record Facts(Optional<GitOid> head, long storage, long children, List<String> spaces) {
    /** Nothing. */
    static final Facts NONE = new Facts(Optional.empty(), 0, 0, List.of());

    /** What can be wanted. */
    public enum Wanted {
        HEAD,
        STORAGE,
        CHILDREN,
        SPACES
    }
}
