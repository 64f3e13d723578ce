package org.kohakuhub.viewer;

/**
 * A file in a tar archive.
 *
 * @param name as the archive has it: nobody's path
 * @param offset of its first byte in the archive
 * @param size in bytes
 */
public record TarFile(String name, long offset, long size) {}
