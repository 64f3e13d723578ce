package org.kohakuhub.web.account;

import java.util.Optional;

/** The HTML of {@link DevicePageResource}. */
final class DevicePage {
    private DevicePage() {}

    /**
     * The form.
     *
     * @param user who is logged in; where nobody is, the form asks for name and password
     * @param code what the address or the last try gave
     * @param problem a sentence about the last try; empty before the first
     */
    static String form(Optional<String> user, String code, String problem) {
        String who = user.map(name -> "<p>You are logged in as <strong>" + escaped(name) + "</strong>.</p>")
                .orElse("""
                        <label>User name <input name="username" autocomplete="username" required></label>
                        <label>Password <input name="password" type="password" autocomplete="current-password" required>\
                        </label>""");
        String told = problem.isEmpty() ? "" : "<p role=\"alert\">" + escaped(problem) + "</p>";
        return page("""
                <p>A program asks to act in your name. Go on only if you started it yourself and it shows you this code.</p>
                %s
                <form method="post" action="%s">
                <label>Code <input name="user_code" value="%s" autocomplete="off" required></label>
                %s
                <button name="action" value="allow">Let it in</button>
                <button name="action" value="deny">Refuse</button>
                </form>""".formatted(told, DevicePageResource.PATH, escaped(code), who));
    }

    static String done(boolean allowed) {
        return page(
                allowed
                        ? "<p>The program is logged in. You may close this page.</p>"
                        : "<p>The program was refused. You may close this page.</p>");
    }

    private static String page(String content) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Log a program in</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem;
                       color-scheme: light dark }
                label { display: block; margin: 1rem 0 } input { font: inherit; display: block; width: 100%% }
                button { font: inherit; margin-right: 1rem }
                </style>
                </head>
                <body>
                <h1>Log a program in</h1>
                %s
                </body>
                </html>
                """.formatted(content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
