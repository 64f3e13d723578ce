package org.kohakuhub.web.discussion;

import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** What people write, as HTML that is safe to show: their own tags are shown as text, and links lead to web pages only. */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />\n")
            .build();

    private Markdown() {}

    static String html(String text) {
        Node document = PARSER.parse(text);
        return RENDERER.render(document);
    }
}
