package org.kohakuhub.githttp;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.PushPolicy;
import org.kohakuhub.version.git.GitRepositories;

/** JGit's servlet, reached through {@link GitFilter} only: by then the caller's right is proven. */
@WebServlet(urlPatterns = GitHttpServlet.PATH + "/*", asyncSupported = false)
public class GitHttpServlet extends GitServlet {
    static final String PATH = "/.git-http";
    static final String REPOSITORY = "org.kohakuhub.githttp.repository";
    static final String POLICY = "org.kohakuhub.githttp.policy";

    private static final String END = "org.kohakuhub.githttp.end";

    /** A client that takes nothing for so long is gone. */
    private static final int IDLE_SECONDS = 300;

    private static final long serialVersionUID = 1L;

    @Inject
    private transient GitRepositories repositories;

    @Override
    public void init(ServletConfig config) throws ServletException {
        setRepositoryResolver(this::open);
        setUploadPackFactory(this::uploadPack);
        setReceivePackFactory(this::receivePack);
        setAsIsFileService(AsIsFileService.DISABLED); // the dumb protocol would pass by all that hides refs
        GitFaults faults = new GitFaults();
        setUploadPackErrorHandler(faults);
        setReceivePackErrorHandler(faults);
        super.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getDispatcherType() != DispatcherType.FORWARD) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            super.service(request.getMethod().equals("POST") ? body(request) : request, response);
        } catch (HubException refusal) { // here, as the container would wrap it on the way back to the filter
            GitFilter.refuse(response, false, refusal);
        }
    }

    private HttpServletRequest body(HttpServletRequest request) throws IOException {
        GitBody body = GitBody.of(request);
        boolean fetch = request.getPathInfo() != null && request.getPathInfo().endsWith("/git-upload-pack");
        return fetch && request.getAttribute(REPOSITORY) instanceof RepoKey repo
                ? body.inKnownWords(new Growth(request, repo))
                : body;
    }

    /** Answers how deep the history of a client that has some has to be, and remembers it for {@link #open}. */
    private final class Growth implements FetchLines.Depths {
        private final HttpServletRequest request;
        private final RepoKey repo;

        Growth(HttpServletRequest request, RepoKey repo) {
            this.request = request;
            this.repo = repo;
        }

        @Override
        public int deepened(List<String> wants, List<String> shallows, int by) {
            return repositories.deepened(repo, wants, shallows, by);
        }

        @Override
        public void grows(List<String> wants, int depth) {
            request.setAttribute(END, new End(wants, depth));
        }
    }

    private record End(List<String> wants, int depth) {}

    private Repository open(HttpServletRequest request, String name) throws RepositoryNotFoundException {
        if (request.getAttribute(REPOSITORY) instanceof RepoKey repo) {
            return request.getAttribute(END) instanceof End end
                    ? repositories.openDownTo(repo, end.wants(), end.depth())
                    : repositories.open(repo);
        }
        throw new RepositoryNotFoundException(name);
    }

    private UploadPack uploadPack(HttpServletRequest request, Repository repository) {
        UploadPack upload = repositories.uploadPack(repository);
        String asked = request.getHeader("Git-Protocol"); // "version=2", and what else a client offers, by colons
        if (asked != null) {
            upload.setExtraParameters(List.of(asked.split(":", -1)));
        }
        upload.setTimeout(IDLE_SECONDS);
        return upload;
    }

    private ReceivePack receivePack(HttpServletRequest request, Repository repository)
            throws ServiceNotAuthorizedException {
        if (request.getAttribute(POLICY) instanceof PushPolicy policy) {
            ReceivePack receive = repositories.receivePack(repository, policy);
            receive.setTimeout(IDLE_SECONDS);
            return receive;
        }
        throw new ServiceNotAuthorizedException();
    }
}
