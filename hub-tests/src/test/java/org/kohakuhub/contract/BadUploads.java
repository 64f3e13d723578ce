package org.kohakuhub.contract;

import jakarta.json.Json;
import java.util.Collections;
import java.util.List;
import org.kohakuhub.contract.BadInputIT.BadRequest;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Preupload, LFS and paths-info requests that must be refused. */
final class BadUploads {
    private static final String OID = "fedcba9876543210".repeat(4);

    private BadUploads() {}

    static List<BadRequest> all() {
        return List.of(
                preupload("without files", "{}", 400, "files"),
                preupload("with files that are a text", "{'files':'a'}", 400, "files"),
                preupload("of a file without path", "{'files':[{'size':1}]}", 400, "path"),
                preupload("of a negative size", "{'files':[{'path':'a','size':-1,'sample':''}]}", 400, "size"),
                preupload("of a path above", "{'files':[{'path':'../a','size':1,'sample':''}]}", 422, "path"),
                new BadRequest(
                        "preupload to an unknown branch",
                        w -> w.http().post(w.repo().api() + "/preupload/nope", BadChanges.json("{'files':[]}")),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                new BadRequest(
                        "preupload to a commit id",
                        w -> w.http().post(w.repo().api() + "/preupload/" + w.first(), BadChanges.json("{'files':[]}")),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                preupload("of a thousand files and one", files(1001), 413, "1000"),
                batch("that is no JSON", "{operation", 400, "JSON"),
                batch("without objects", "{'operation':'upload'}", 422, "objects"),
                batch("of an unknown operation", "{'operation':'fold','objects':[]}", 422, "operation"),
                batch("by another hash", "{'operation':'upload','objects':[],'hash_algo':'md5'}", 409, "hash"),
                new BadRequest(
                        "lfs upload to another's repository",
                        w -> w.repo().batchAs(w.bob().http(), "upload", OID, 5),
                        403,
                        "",
                        "rights"),
                new BadRequest(
                        "lfs download from another's private repository",
                        w -> w.hidden().batchAs(w.bob().http(), "download", OID, 5),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                new BadRequest(
                        "lfs upload without credentials",
                        w -> w.repo().batchAs(RunningHub.shared().anonymous(), "upload", OID, 5),
                        401,
                        "",
                        "Authentication required"),
                new BadRequest(
                        "lfs verification of what was not uploaded",
                        w -> TestRepo.lfs(
                                w.http(),
                                w.repo().web() + ".git/info/lfs/verify",
                                BadChanges.json("{'oid':'%s','size':5}", OID)),
                        422,
                        "",
                        "Nothing was uploaded"),
                new BadRequest(
                        "lfs verification without size",
                        w -> TestRepo.lfs(
                                w.http(),
                                w.repo().web() + ".git/info/lfs/verify",
                                BadChanges.json("{'oid':'%s'}", OID)),
                        400,
                        "",
                        "size"),
                new BadRequest(
                        "lfs completion without a signature",
                        w -> TestRepo.lfs(
                                RunningHub.shared().anonymous(),
                                w.repo().web() + ".git/info/lfs/multipart/0123456789abcdef01234567",
                                BadChanges.json("{'oid':'%s','parts':[]}", OID)),
                        403,
                        "",
                        "not signed"),
                new BadRequest(
                        "paths-info of a JSON list",
                        w -> w.http()
                                .send(
                                        "POST",
                                        w.repo().api() + "/paths-info/main",
                                        "application/json",
                                        Bytes.utf8("[]")),
                        400,
                        "",
                        "JSON"),
                new BadRequest(
                        "paths-info of a thousand paths and one",
                        w -> w.http()
                                .send(
                                        "POST",
                                        w.repo().api() + "/paths-info/main",
                                        "application/x-www-form-urlencoded",
                                        Bytes.utf8("paths=a.txt" + "&paths=b".repeat(1000))),
                        413,
                        "",
                        "1000"),
                new BadRequest(
                        "validate-yaml of no JSON",
                        w -> w.http().send("POST", "/api/validate-yaml", "application/json", Bytes.utf8("{no")),
                        400,
                        "",
                        "JSON"),
                new BadRequest(
                        "paths-info at an unknown revision",
                        w -> w.http()
                                .send(
                                        "POST",
                                        w.repo().api() + "/paths-info/nope",
                                        "application/x-www-form-urlencoded",
                                        Bytes.utf8("paths=a.txt")),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                new BadRequest(
                        "an LFS batch of ten thousand objects",
                        w -> {
                            var objects = Json.createArrayBuilder();
                            for (int i = 0; i < 10_000; i++) {
                                objects.add(Json.createObjectBuilder()
                                        .add("oid", String.format("%064x", i))
                                        .add("size", 1));
                            }
                            return TestRepo.lfs(
                                    w.http(),
                                    w.repo().web() + ".git/info/lfs/objects/batch",
                                    Json.createObjectBuilder()
                                            .add("operation", "upload")
                                            .add("objects", objects)
                                            .build());
                        },
                        413,
                        "",
                        "1000"));
    }

    private static BadRequest preupload(String name, String body, int status, String fragment) {
        return new BadRequest(
                "preupload " + name,
                w -> w.http().post(w.repo().api() + "/preupload/main", BadChanges.json(body)),
                status,
                "",
                fragment);
    }

    private static String files(int count) {
        return "{'files':[" + String.join(",", Collections.nCopies(count, "{'path':'a','size':1,'sample':''}")) + "]}";
    }

    private static BadRequest batch(String name, String body, int status, String fragment) {
        return new BadRequest(
                "lfs batch " + name,
                w -> w.http()
                        .send(
                                "POST",
                                w.repo().web() + ".git/info/lfs/objects/batch",
                                "application/vnd.git-lfs+json",
                                Bytes.utf8(body.replace('\'', '"'))),
                status,
                "",
                fragment);
    }
}
