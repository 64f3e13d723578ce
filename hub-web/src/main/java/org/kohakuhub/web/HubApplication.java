package org.kohakuhub.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The hub's HTTP API. Resources and providers are found by scanning; they share the root with git and its filter. */
@ApplicationPath("/")
public class HubApplication extends Application {}
