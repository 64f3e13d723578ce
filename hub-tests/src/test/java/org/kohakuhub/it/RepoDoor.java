package org.kohakuhub.it;

import static org.kohakuhub.it.AccessTableIT.LFS;
import static org.kohakuhub.it.AccessTableIT.TEXT;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** The requests by which somebody gets at a repository. */
enum RepoDoor {
    INFO {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api());
        }
    },
    TREE {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api() + "/tree/main");
        }
    },
    REFS {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api() + "/refs");
        }
    },
    COMMITS {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api() + "/commits/main");
        }
    },
    RESOLVE {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.resolve("main", TEXT));
        }
    },
    RESOLVE_LFS {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.resolve("main", LFS));
        }
    },
    AUTH_CHECK {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api() + "/auth-check");
        }
    },
    GIT_FETCH {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.web() + ".git/info/refs?service=git-upload-pack");
        }
    },
    LFS_DOWNLOAD {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return repo.batchAs(who, "download", Bytes.sha256(AccessTableIT.CONTENT), AccessTableIT.CONTENT.length);
        }
    },
    AUTH_CHECK_WRITE {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.get(repo.api() + "/auth-check/write");
        }
    },
    PREUPLOAD {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            JsonArrayBuilder files = Json.createArrayBuilder()
                    .add(Json.createObjectBuilder()
                            .add("path", "new.txt")
                            .add("size", 3)
                            .add("sample", Bytes.base64(Bytes.utf8("new"))));
            return who.post(
                    repo.api() + "/preupload/main",
                    Json.createObjectBuilder().add("files", files).build());
        }
    },
    LFS_UPLOAD {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return repo.batchAs(who, "upload", Bytes.sha256(Bytes.utf8("other")), 5);
        }
    },
    COMMIT {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            Operations one = Operations.commit("Add").file(RunningHub.newName("f"), Bytes.utf8("new"));
            return repo.commitAs(who, "main", one);
        }
    },
    BRANCH {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.post(repo.api() + "/branch/" + RunningHub.newName("b"), JsonValue.EMPTY_JSON_OBJECT);
        }
    },
    BRANCH_REMOVAL {
        @Override
        void prepare(TestRepo repo) {
            repo.owner()
                    .http()
                    .post(repo.api() + "/branch/doomed", JsonValue.EMPTY_JSON_OBJECT); // 409: a denied one's is left
        }

        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.delete(repo.api() + "/branch/doomed");
        }
    },
    TAG {
        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.post(repo.api() + "/tag/main", tag(RunningHub.newName("t")));
        }
    },
    TAG_REMOVAL {
        @Override
        void prepare(TestRepo repo) {
            repo.owner().http().post(repo.api() + "/tag/main", tag("doomed")); // 409: a denied one's is left
        }

        @Override
        Answer open(HubHttp who, TestRepo repo) {
            return who.delete(repo.api() + "/tag/doomed");
        }
    },
    SETTINGS {
        @Override
        boolean spoils() {
            return true;
        }

        @Override
        Answer open(HubHttp who, TestRepo repo) {
            JsonObjectBuilder other = Json.createObjectBuilder().add("gated", "auto");
            return who.put(repo.api() + "/settings", other.build());
        }

        @Override
        String state(TestRepo repo) {
            JsonObject info = repo.owner().http().get(repo.api()).expect(200).json();
            return Json.createObjectBuilder(info)
                    .remove("downloads") // those of the doors before are counted when the counter wakes
                    .build()
                    .toString();
        }
    },
    DELETION {
        @Override
        boolean spoils() {
            return true;
        }

        @Override
        Answer open(HubHttp who, TestRepo repo) {
            String namespace = repo.id().substring(0, repo.id().indexOf('/'));
            return who.delete(
                    "/api/repos/delete",
                    Json.createObjectBuilder()
                            .add("organization", namespace)
                            .add("name", repo.name())
                            .add("type", repo.type())
                            .build());
        }
    };

    /** What must be there before. */
    void prepare(TestRepo repo) {}

    /** Whether others cannot use the repository after somebody who may came this way. */
    boolean spoils() {
        return false;
    }

    /** What who may not must leave as it is. */
    String state(TestRepo repo) {
        return compareTo(AUTH_CHECK_WRITE) < 0 ? "" : repo.refs().toString(); // the doors before only read
    }

    abstract Answer open(HubHttp who, TestRepo repo);

    /** Whether git or git-lfs comes this way, which show a credential only to who asks for one. */
    boolean isGits() {
        return this == GIT_FETCH || this == LFS_DOWNLOAD || this == LFS_UPLOAD;
    }

    private static JsonObject tag(String name) {
        return Json.createObjectBuilder().add("tag", name).build();
    }
}
