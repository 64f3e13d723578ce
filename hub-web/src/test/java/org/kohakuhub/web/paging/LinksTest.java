package org.kohakuhub.web.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Point 18: the next page's link is absolute and keeps the filters. */
class LinksTest {
    private static final URI BASE = URI.create("http://127.0.0.1:48888");

    @Test
    void is_absolute_and_keeps_every_parameter_but_the_cursor() {
        assertThat(Links.next(
                        BASE, "/api/models", "author=me&filter=a&filter=b%20c&cursor=old&limit=2", "cursor", "x/y=="))
                .isEqualTo(
                        "<http://127.0.0.1:48888/api/models?author=me&filter=a&filter=b%20c&limit=2&cursor=x%2Fy%3D%3D>;"
                                + " rel=\"next\"");
    }

    @Test
    void keeps_the_path_as_it_was_quoted() {
        assertThat(Links.next(BASE, "/api/models/a/b/tree/refs%2Fpr%2F1/x%20y", null, "cursor", "c"))
                .isEqualTo("<http://127.0.0.1:48888/api/models/a/b/tree/refs%2Fpr%2F1/x%20y?cursor=c>; rel=\"next\"");
    }

    @Test
    void nothing_in_the_query_ends_the_link_early() {
        assertThat(Links.next(BASE, "/a", "q=>;x\"&cur%73or=old&%zz=1", "cursor", "ü&"))
                .isEqualTo("<http://127.0.0.1:48888/a?q=%3E;x%22&%zz=1&cursor=%C3%BC%26>; rel=\"next\"");
    }
}
