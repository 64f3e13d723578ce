package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.config.LfsConfig;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.lfs.BatchRequest.Asked;
import org.kohakuhub.lfs.BatchRequest.Operation;
import org.kohakuhub.lfs.ObjectAnswer.Fetch;
import org.kohakuhub.lfs.ObjectAnswer.FetchHere;
import org.kohakuhub.lfs.ObjectAnswer.Known;
import org.kohakuhub.lfs.ObjectAnswer.Refused;
import org.kohakuhub.lfs.ObjectAnswer.Send;
import org.kohakuhub.lfs.ObjectAnswer.SendParts;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.object.ObjectStore.Part;
import org.kohakuhub.object.UploadInFlight;
import org.kohakuhub.object.UploadReceiver;
import org.kohakuhub.object.Uploads;
import org.kohakuhub.xet.XetTokenService;

/** The Git LFS batch API, with the parts of huggingface_hub: who may send or fetch which bytes, and where. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BatchService {
    /** huggingface_hub asks for 256 at most, git-lfs for 100. */
    private static final int MOST_OBJECTS = 1000;

    private static final String MULTIPART = "multipart";

    /** The transfers of the HTTP contract, where each object of a batch may go its own way. */
    private static final Set<String> OF_THE_CONTRACT = Set.of("basic", MULTIPART, "xet");

    private final AccessPolicy access;
    private final ContentObjects contents;
    private final Uploads uploads;
    private final UploadReceiver receiver;
    private final SignedLinks links;
    private final XetTokenService xet;
    private final PartSizes sizes;
    private final WriteAccess writes;

    /** For the container's proxy only. */
    protected BatchService() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public BatchService(
            AccessPolicy access,
            ContentObjects contents,
            Uploads uploads,
            UploadReceiver receiver,
            SignedLinks links,
            XetTokenService xet,
            LfsConfig config,
            WriteAccess writes) {
        this.access = access;
        this.xet = xet;
        this.contents = contents;
        this.uploads = uploads;
        this.receiver = receiver;
        this.links = links;
        this.sizes = new PartSizes(config);
        this.writes = writes;
    }

    /**
     * Answers each object for itself; the batch as a whole fails only for want of rights or measure.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; TOO_LARGE for more objects than one batch may have
     */
    public BatchAnswer batch(Caller caller, RepoId id, BatchRequest request, Visit visit) {
        boolean upload = request.operation() == Operation.UPLOAD;
        RepoKey repo = upload ? writable(caller, id, request) : access.require(caller, Action.READ_FILES, id);
        if (request.objects().size() > MOST_OBJECTS) {
            throw new HubException(ErrorKind.TOO_LARGE, "A batch may have at most " + MOST_OBJECTS + " objects");
        }
        return upload ? send(caller, repo, request, visit) : fetch(caller, repo, request, visit);
    }

    /** A client that is about to open a pull request names no branch. */
    private RepoKey writable(Caller caller, RepoId id, BatchRequest request) {
        Optional<Revision> branch = request.ref().filter(RefNames::isValid).map(Revision.Named::new);
        return branch.isPresent() ? writes.require(caller, id, branch.get()) : writes.propose(caller, id);
    }

    private BatchAnswer fetch(Caller caller, RepoKey repo, BatchRequest request, Visit visit) {
        List<Sha256> wanted = wellFormed(request);
        Map<Sha256, ContentObjects.Located> located = contents.locate(repo, wanted, visit.audience());
        Map<Sha256, ObjectAnswer> here = fetchHere(caller, repo, without(wanted, located.keySet()), visit);
        List<ObjectAnswer> answers = new ArrayList<>();
        for (Asked asked : request.objects()) {
            answers.add(malformed(asked).orElseGet(() -> {
                Sha256 oid = new Sha256(asked.oid());
                ObjectAnswer answer = here.get(oid);
                return answer != null && answer.size() == asked.size() ? answer : fetch(asked, located.get(oid));
            }));
        }
        return new BatchAnswer(false, answers);
    }

    private static List<Sha256> without(List<Sha256> all, Set<Sha256> some) {
        return all.stream().filter(oid -> !some.contains(oid)).toList();
    }

    /** Contents that are in Xet only: the hub puts them together for git-lfs. */
    private Map<Sha256, ObjectAnswer> fetchHere(Caller caller, RepoKey repo, List<Sha256> wanted, Visit visit) {
        Map<Sha256, ObjectAnswer> answers = new HashMap<>();
        List<ObjectInfo> inXet = contents.granted(repo, wanted).values().stream()
                .filter(info -> info.xet().isPresent())
                .toList();
        if (inXet.isEmpty()) {
            return answers;
        }
        XetTokenService.Grant grant = xet.read(caller, repo.name());
        for (ObjectInfo info : inXet) {
            URI href = URI.create(visit.base() + grant.filePath(info.xet().orElseThrow()));
            answers.put(
                    info.sha256(),
                    new FetchHere(
                            info.sha256().hex(),
                            info.size(),
                            href,
                            "Bearer " + grant.token(),
                            XetTokenService.TOKEN_LIFE));
        }
        return answers;
    }

    private static ObjectAnswer fetch(Asked asked, ContentObjects.Located located) {
        if (located == null) {
            return new Refused(
                    asked.oid(), asked.size(), ErrorKind.NOT_FOUND.status(), "This repository has no such object");
        }
        return sizeConflict(asked, located.info())
                .orElseGet(() -> new Fetch(asked.oid(), asked.size(), located.address(), located.life()));
    }

    private BatchAnswer send(Caller caller, RepoKey repo, BatchRequest request, Visit visit) {
        Map<Sha256, ObjectInfo> known = contents.linkable(repo, wellFormed(request));
        Map<Asked, ObjectAnswer> settled = new LinkedHashMap<>();
        Map<Asked, Uploads.Wanted> wanted = wanted(request, known, settled);
        Map<Sha256, UploadInFlight> open = uploads.open(repo, uploader(caller), List.copyOf(wanted.values()));
        List<ObjectAnswer> answers = new ArrayList<>();
        for (Asked asked : request.objects()) {
            ObjectAnswer answer = settled.get(asked);
            answers.add(
                    answer != null
                            ? answer
                            : send(repo, open.get(new Sha256(asked.oid())), knowsParts(request), visit));
        }
        boolean inParts = knowsParts(request)
                && !wanted.isEmpty()
                && wanted.values().stream().allMatch(wish -> wish.partSize().isPresent());
        return new BatchAnswer(inParts, answers);
    }

    /** What is to be sent and how; all else is put into {@code settled}. */
    private Map<Asked, Uploads.Wanted> wanted(
            BatchRequest request, Map<Sha256, ObjectInfo> known, Map<Asked, ObjectAnswer> settled) {
        boolean knowsParts = knowsParts(request);
        Map<Asked, Uploads.Wanted> wanted = new LinkedHashMap<>();
        List<Asked> missing = new ArrayList<>();
        for (Asked asked : request.objects()) {
            settled(asked, known).ifPresentOrElse(answer -> settled.put(asked, answer), () -> missing.add(asked));
        }
        boolean some = knowsParts && missing.stream().anyMatch(asked -> sizes.wantsParts(asked.size()));
        // git-lfs sends a whole batch by one transfer; it gives itself away by transfers of its own
        boolean all = some && !OF_THE_CONTRACT.containsAll(request.transfers());
        for (Asked asked : missing) {
            boolean parts = knowsParts
                    ? (all || sizes.wantsParts(asked.size())) && asked.size() > 0
                    : PartSizes.tooLongForOnePut(asked.size());
            wanted.put(
                    asked,
                    new Uploads.Wanted(
                            new Sha256(asked.oid()),
                            asked.size(),
                            parts ? Optional.of(sizes.partSize(asked.size())) : Optional.empty()));
        }
        return wanted;
    }

    private static boolean knowsParts(BatchRequest request) {
        return request.transfers().contains(MULTIPART);
    }

    private Optional<ObjectAnswer> settled(Asked asked, Map<Sha256, ObjectInfo> known) {
        Optional<ObjectAnswer> malformed = malformed(asked);
        if (malformed.isPresent()) {
            return malformed;
        }
        ObjectInfo info = known.get(new Sha256(asked.oid()));
        if (info != null) {
            return Optional.of(sizeConflict(asked, info).orElseGet(() -> new Known(asked.oid(), asked.size())));
        }
        return PartSizes.objection(asked.size()).map(sentence -> unprocessable(asked, sentence));
    }

    private ObjectAnswer send(RepoKey repo, UploadInFlight upload, boolean knowsParts, Visit visit) {
        String lfs = visit.base() + "/" + repo.name().urlPath() + ".git/info/lfs/";
        URI verify = URI.create(lfs + "verify");
        String oid = upload.sha256().hex();
        if (upload.parts().isEmpty()) {
            URI href = uploads.address(upload, visit.audience());
            return new Send(oid, upload.size(), href, verify, Uploads.ADDRESS_LIFE);
        }
        URI join = URI.create(lfs + "multipart/" + upload.id() + '?' + links.query(upload.id(), Uploads.ADDRESS_LIFE));
        if (!knowsParts) { // the hub makes the parts
            return new Send(oid, upload.size(), join, verify, Uploads.ADDRESS_LIFE);
        }
        return new SendParts(
                oid,
                upload.size(),
                upload.parts().get().partSize(),
                uploads.partAddresses(upload, visit.audience()),
                join,
                verify,
                Uploads.ADDRESS_LIFE);
    }

    /**
     * Verifies what was uploaded; repeating it is no error.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; UNPROCESSABLE if the bytes are missing or others
     */
    public void verify(Caller caller, RepoId id, Sha256 oid, long size) {
        RepoKey repo = writes.propose(caller, id);
        contents.verifyUploaded(repo, oid, size);
    }

    /**
     * Joins the parts of an upload. The address itself is the right to do so, and all that it can do: what was joined
     * still has to be verified by somebody who may write.
     *
     * @throws HubException FORBIDDEN if the address is not the hub's; NOT_FOUND if the upload is over; UNPROCESSABLE if
     *     these are not its parts
     */
    public void join(SignedUpload signed, Sha256 oid, List<Part> parts) {
        links.check(signed.uploadId(), signed.expires(), signed.signature());
        uploads.join(signed.uploadId(), oid, parts);
    }

    /**
     * Takes the whole of an upload that its client cannot send in parts. The address is the right to do so, as in
     * {@link #join}.
     *
     * @throws HubException FORBIDDEN if the address is not the hub's; NOT_FOUND if the upload is over; UNPROCESSABLE if the
     *     body has another length
     */
    public void receive(SignedUpload signed, InputStream body) {
        links.check(signed.uploadId(), signed.expires(), signed.signature());
        receiver.receive(signed.uploadId(), body);
    }

    /** What the address of an upload carries. */
    public record SignedUpload(String uploadId, String expires, String signature) {}

    private static String uploader(Caller caller) {
        return caller.isAnonymous() ? "administrator" : caller.userId(); // the site's token has no account
    }

    private static List<Sha256> wellFormed(BatchRequest request) {
        return request.objects().stream()
                .map(Asked::oid)
                .filter(Sha256::looksLike)
                .map(Sha256::new)
                .toList();
    }

    private static Optional<ObjectAnswer> malformed(Asked asked) {
        if (!Sha256.looksLike(asked.oid())) {
            return Optional.of(unprocessable(asked, "Invalid oid: a sha256 has 64 lower-case hex digits"));
        }
        if (asked.size() < 0) {
            return Optional.of(unprocessable(asked, "Invalid size"));
        }
        return Optional.empty();
    }

    private static Optional<ObjectAnswer> sizeConflict(Asked asked, ObjectInfo info) {
        return asked.size() == info.size()
                ? Optional.empty()
                : Optional.of(unprocessable(asked, "The object with this oid has " + info.size() + " bytes"));
    }

    private static ObjectAnswer unprocessable(Asked asked, String sentence) {
        return new Refused(asked.oid(), asked.size(), ErrorKind.UNPROCESSABLE.status(), sentence);
    }
}
