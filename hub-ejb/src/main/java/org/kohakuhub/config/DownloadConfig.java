package org.kohakuhub.config;

import java.time.Duration;

/**
 * How downloads are counted.
 *
 * @param bucket within this stretch of time whoever fetches files of a repository downloads it once
 * @param keep how long it is known that a visit was counted
 */
public record DownloadConfig(Duration bucket, Duration keep) {}
