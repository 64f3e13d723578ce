package org.kohakuhub.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the document which the build makes lists what the resources serve; ApiDescriptionIT asks a hub for it. */
class ApiDocumentTest {
    @Test
    void it_describes_each_operation_of_the_resources_and_no_other() {
        assertThat(ApiDocument.built().keySet()).containsExactlyInAnyOrderElementsOf(ServedRoutes.operations());
    }
}
