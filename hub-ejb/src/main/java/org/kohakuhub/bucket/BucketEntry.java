package org.kohakuhub.bucket;

/** What a listing of a bucket shows. */
public sealed interface BucketEntry {
    /** The path, without slashes at its ends. */
    String path();

    /** A file. */
    record File(BucketFile file) implements BucketEntry {
        @Override
        public String path() {
            return file.path();
        }
    }

    /** What the paths of some files have in common: a bucket has no folders of its own. */
    record Folder(String path) implements BucketEntry {}
}
