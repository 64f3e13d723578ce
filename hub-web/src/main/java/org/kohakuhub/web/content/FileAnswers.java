package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.content.ContentTypes;
import org.kohakuhub.content.EntityTags;
import org.kohakuhub.content.FileService;
import org.kohakuhub.content.FileService.Found;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.error.ErrorBody;

/**
 * Answers for one file. {@code HEAD} never redirects: the client would follow to an object store on the same host name
 * with its token, and lose the headers that it asked for. {@code GET} of a file in the object store does.
 */
@RequestScoped
public class FileAnswers {
    private final FileService files;
    private final RequestCaller caller;
    private final RequestBase base;
    private final HttpServletRequest request;
    private final SiteConfig site;
    private final XetConfig xet;
    private final DownloadNotes downloads;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public FileAnswers() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    FileAnswers(
            FileService files,
            RequestCaller caller,
            RequestBase base,
            HttpServletRequest request,
            SiteConfig site,
            XetConfig xet,
            DownloadNotes downloads) {
        this.files = files;
        this.caller = caller;
        this.base = base;
        this.request = request;
        this.site = site;
        this.xet = xet;
        this.downloads = downloads;
    }

    /** What a client learns of a file before it fetches it. */
    Response head(RepoId repo, String revision, String path, boolean download) {
        Found found = files.find(caller.get(), repo, Revision.parse(revision), AskedPath.read(path));
        if (found.file().isEmpty()) {
            return missing(found);
        }
        TreeEntry file = found.file().get();
        downloads.asked(found.repo());
        if (isKnown(file)) {
            return described(Response.notModified(), found, file, download).build();
        }
        return described(Response.ok(), found, file, download)
                .header("Content-Length", file.size())
                .build();
    }

    /** The file, or where it is. */
    Response get(RepoId repo, String revision, String path, boolean download) {
        Found found = files.find(caller.get(), repo, Revision.parse(revision), AskedPath.read(path));
        if (found.file().isEmpty()) {
            return missing(found);
        }
        TreeEntry file = found.file().get();
        downloads.fetched(found.repo());
        if (isKnown(file)) {
            return described(Response.notModified(), found, file, download).build();
        }
        StreamedBytes bytes =
                new StreamedBytes(etag(file), file.size(), (from, length) -> files.open(found, from, length));
        Optional<URI> copy = bytes.mustBeSentHere(request) ? Optional.empty() : address(found, file, download);
        if (copy.isPresent()) {
            return described(Response.status(Response.Status.FOUND), found, file, download)
                    .header("Location", copy.get().toString())
                    .build();
        }
        return bytes.answer(request, status -> described(Response.status(status), found, file, download));
    }

    private Optional<URI> address(Found found, TreeEntry file, boolean download) {
        return files.address(
                found.repo(),
                file,
                disposition(file, download),
                ContentTypes.of(new FilePath(file.path())),
                base.audience());
    }

    /** Whether the client says that it has just this content already. */
    private boolean isKnown(TreeEntry file) {
        return EntityTags.matches(request.getHeader("If-None-Match"), etag(file));
    }

    private Response.ResponseBuilder described(
            Response.ResponseBuilder answer, Found found, TreeEntry file, boolean download) {
        answer.header("X-Repo-Commit", found.commit().orElseThrow().hex())
                .header("ETag", etag(file))
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-cache") // a branch moves; the tag tells whether it did
                .header("Content-Disposition", disposition(file, download).text())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .type(ContentTypes.of(new FilePath(file.path())));
        file.lfs()
                .ifPresent(
                        pointer -> answer.header("X-Linked-ETag", etag(file)).header("X-Linked-Size", pointer.size()));
        found.xet().ifPresent(hash -> answer.header("X-Xet-Hash", hash.hex()).header("Link", xetLinks(found, hash)));
        return answer;
    }

    /** The commit and not the branch stands in the address, so that one token is good for all files of a snapshot. */
    private String xetLinks(Found found, XetHash hash) {
        String repo =
                found.repo().name().type().plural() + '/' + found.repo().name().fullName();
        String commit = found.commit().orElseThrow().hex();
        return '<' + base.base().toString() + site.apiBase() + '/' + repo + "/xet-read-token/" + commit
                + ">; rel=\"xet-auth\", <"
                + base.base() + xet.casPath() + "/v1/reconstructions/" + hash
                + ">; rel=\"xet-reconstruction-info\"";
    }

    /** Of the content: a file of the object store has the same tag wherever it is read. */
    private static String etag(TreeEntry file) {
        return '"'
                + file.lfs()
                        .map(pointer -> pointer.oid().hex())
                        .orElse(file.oid().hex())
                + '"';
    }

    private static ContentDisposition disposition(TreeEntry file, boolean download) {
        String name = new FilePath(file.path()).fileName();
        return download ? ContentDisposition.attachment(name) : ContentDisposition.inline(name);
    }

    /** The commit is told here too: by it the client remembers that the file is not there. */
    private static Response missing(Found found) {
        Response.ResponseBuilder answer = Response.status(ErrorKind.ENTRY_NOT_FOUND.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("X-Error-Code", ErrorKind.ENTRY_NOT_FOUND.code().orElseThrow())
                .header("X-Error-Message", "Entry not found")
                .entity(new ErrorBody("Entry not found"));
        Optional<String> commit = found.commit().map(Object::toString);
        commit.ifPresent(oid -> answer.header("X-Repo-Commit", oid));
        return answer.build();
    }
}
