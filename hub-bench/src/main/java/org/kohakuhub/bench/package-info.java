/**
 * Measures a hub from outside, each number beside a baseline of the same run. {@code ./hub bench} starts one for it. Numbers
 * are printed and never judged: machines differ.
 */
package org.kohakuhub.bench;
