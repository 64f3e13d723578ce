package org.kohakuhub.compat;

import java.util.List;
import java.util.Set;

/**
 * One address of the hub with the HTTP methods that it takes.
 *
 * @param verbs the methods
 * @param path as the resource has it, without the patterns of its variables
 * @param of whose contract it is: {@code hf}, {@code git-lfs}, {@code xet} or {@code own} (hub-own-api.md)
 * @param state what the hub makes of it
 * @param proofs the tests that send such a request
 */
record Route(Set<String> verbs, String path, String of, State state, List<Proof> proofs) {
    static Route of(String[] cells) {
        return new Route(Set.of(cells[0].split(" ")), cells[1], cells[2], State.of(cells[3]), Proof.list(cells[4]));
    }
}
