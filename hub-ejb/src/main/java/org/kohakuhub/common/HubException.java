package org.kohakuhub.common;

import jakarta.ejb.ApplicationException;

/**
 * A refusal that is part of the contract. It rolls the transaction back and crosses the EJB boundary unwrapped;
 * anything else that crosses it is a defect and becomes a 500.
 */
@ApplicationException(rollback = true)
public class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String sentence;

    /**
     * @param sentence shown to the user: says what was wrong and with what, holds no secret and no stack
     */
    public HubException(ErrorKind kind, String sentence) {
        super(sentence);
        this.kind = kind;
        this.sentence = sentence;
    }

    /** The refusal's status and code. */
    public ErrorKind kind() {
        return kind;
    }

    /** Never null, unlike {@link #getMessage()}. */
    public String sentence() {
        return sentence;
    }
}
