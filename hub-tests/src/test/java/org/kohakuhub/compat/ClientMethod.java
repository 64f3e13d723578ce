package org.kohakuhub.compat;

import java.util.List;

/**
 * One public method of the Python client's {@code HfApi}, and what becomes of it at this hub.
 *
 * @param name the method
 * @param kind core, common or hosted-only (hf-api-contract.md, 19)
 * @param endpoint what it asks for, as Markdown
 * @param state what the hub makes of it
 * @param proofs the tests that call it
 * @param note what there is to add, or nothing
 */
record ClientMethod(String name, String kind, String endpoint, State state, List<Proof> proofs, String note) {
    static ClientMethod of(String[] cells) {
        return new ClientMethod(
                cells[0],
                cells[1],
                cells[2],
                State.of(cells[3]),
                Proof.list(cells[4]),
                cells.length > 5 ? cells[5] : "");
    }
}
