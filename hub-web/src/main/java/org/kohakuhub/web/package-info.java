/**
 * HTTP: resources that translate a request into a service call and its result into the contract's answer. The packages
 * {@code error}, {@code auth}, {@code json} and {@code paging} are shared by all of them and know no feature.
 */
package org.kohakuhub.web;
