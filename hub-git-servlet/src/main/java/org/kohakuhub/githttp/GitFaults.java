package org.kohakuhub.githttp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.zip.ZipException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.http.server.GitSmartHttpTools;
import org.eclipse.jgit.http.server.ReceivePackErrorHandler;
import org.eclipse.jgit.http.server.UploadPackErrorHandler;
import org.eclipse.jgit.transport.PacketLineOut;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/**
 * Tells the client's faults from the hub's. What git's protocol lets a server say (an {@code ERR} line, which git shows
 * to its user) is said so; what is no request of git's gets 400; only the rest is a defect and logged as one.
 */
final class GitFaults implements UploadPackErrorHandler, ReceivePackErrorHandler {
    private static final System.Logger LOG = System.getLogger(GitFaults.class.getName());

    @Override
    public void upload(HttpServletRequest request, HttpServletResponse response, UploadPackRunnable fetch)
            throws IOException {
        try {
            fetch.upload();
        } catch (HubException refusal) {
            throw refusal;
        } catch (PackProtocolException refusal) {
            LOG.log(Level.DEBUG, "Refused a fetch", refusal);
            if (open(response)) {
                tell(response, refusal.getMessage());
            }
        } catch (
                UnsupportedOperationException
                        unknown) { // JGit's only one: deepen-relative, in a request that is too long
            if (open(response)) {
                tell(response, "this clone is too shallow to --deepen it: use --depth=<n> or --unshallow");
            }
        } catch (IOException | RuntimeException failure) {
            end(request, response, failure);
        }
    }

    @Override
    public void receive(HttpServletRequest request, HttpServletResponse response, ReceivePackRunnable push)
            throws IOException {
        try {
            push.receive();
        } catch (HubException refusal) {
            throw refusal;
        } catch (IOException | RuntimeException failure) {
            end(request, response, failure);
        }
    }

    /** For git to show; the status has to be 200, else it looks at nothing else. */
    private static void tell(HttpServletResponse response, String sentence) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        new PacketLineOut(line).writeString("ERR " + Text.shown(sentence));
        response.setContentType(GitSmartHttpTools.UPLOAD_PACK_RESULT_TYPE);
        response.setHeader("Cache-Control", "no-cache");
        response.getOutputStream().write(line.toByteArray());
    }

    private static void end(HttpServletRequest request, HttpServletResponse response, Exception failure)
            throws IOException {
        boolean malformed = isMalformed(failure);
        if (malformed) {
            LOG.log(Level.DEBUG, "No request of git''s", failure);
        } else {
            LOG.log(Level.ERROR, "Git request failed: " + request.getServletPath() + request.getPathInfo(), failure);
        }
        if (open(response)) {
            GitSmartHttpTools.sendError(
                    request,
                    response,
                    malformed ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    malformed ? "malformed request" : "internal error");
        } else {
            throw new IOException("the answer was under way", failure);
        }
    }

    /** Whether nothing was sent yet; then what was written is forgotten. */
    private static boolean open(HttpServletResponse response) {
        if (response.isCommitted()) {
            return false;
        }
        response.reset();
        return true;
    }

    private static boolean isMalformed(Throwable failure) {
        if (failure instanceof PackProtocolException
                || failure instanceof InvalidObjectIdException
                || failure instanceof EOFException
                || failure instanceof ZipException) {
            return true;
        }
        String message = failure.getMessage(); // JGit has no type for a pkt-line whose length is no number
        return message != null && message.startsWith("Invalid packet line header");
    }
}
