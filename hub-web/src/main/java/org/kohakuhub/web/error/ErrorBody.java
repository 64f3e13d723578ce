package org.kohakuhub.web.error;

/** The body of every refusal, as huggingface_hub reads it. */
public record ErrorBody(String error) {}
