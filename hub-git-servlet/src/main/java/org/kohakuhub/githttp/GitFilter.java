package org.kohakuhub.githttp;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.commit.PushService;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoMovedException;
import org.kohakuhub.common.Text;

/**
 * Recognises git's requests among all others, asks whether the caller may, and hands them to {@link GitHttpServlet}. Runs
 * after the filter that authenticates. Refusals are plain text: git shows it in the user's terminal.
 */
@WebFilter(urlPatterns = "/*", dispatcherTypes = DispatcherType.REQUEST, asyncSupported = true)
public class GitFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Where the authentication filter leaves the caller. */
    private static final String CALLER = "org.kohakuhub.caller";

    @Inject
    private transient AccessPolicy access;

    @Inject
    private transient PushService pushes;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<GitAddress> address = GitAddress.parse(path(request));
        if (address.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Caller caller = request.getAttribute(CALLER) instanceof Caller known ? known : Caller.anonymous();
        try {
            RepoKey repo =
                    access.require(caller, Action.READ_FILES, address.get().repo());
            if (isPush(request, address.get())) {
                request.setAttribute(GitHttpServlet.POLICY, pushes.begin(caller, repo.name()));
            }
            request.setAttribute(GitHttpServlet.REPOSITORY, repo);
            request.getRequestDispatcher(GitHttpServlet.PATH + "/" + repo.id() + "/"
                            + address.get().service())
                    .forward(request, response);
        } catch (RepoMovedException moved) {
            response.setHeader("Location", moved.sentOn(request.getRequestURI(), request.getQueryString()));
            refuse(response, caller.isAnonymous(), moved);
        } catch (HubException refusal) {
            refuse(response, caller.isAnonymous(), refusal);
        }
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return request.getServletPath() + (info == null ? "" : info);
    }

    private static boolean isPush(HttpServletRequest request, GitAddress address) {
        return address.service().equals("git-receive-pack")
                || "git-receive-pack".equals(request.getParameter("service"));
    }

    /** Whoever has shown no credential is asked for one: the repository may be private and his. */
    static void refuse(HttpServletResponse response, boolean anonymous, HubException refusal) throws IOException {
        boolean mayBeHis = refusal.kind() == ErrorKind.REPO_NOT_FOUND && anonymous;
        if (mayBeHis || refusal.kind().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Kohaku Hub\", charset=\"UTF-8\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(refusal.kind().status());
        }
        refusal.kind().code().ifPresent(code -> response.setHeader("X-Error-Code", code));
        response.setHeader("X-Error-Message", Text.shown(refusal.sentence()));
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((refusal.sentence() + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
