package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.Creation;
import org.kohakuhub.web.auth.RequestBase;

/** Tells where a new repository is. A name that is taken is no error to who asked for {@code exist_ok}: he reads the address from the refusal. */
@RequestScoped
public class CreationAnswers {
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CreationAnswers() {
        this(null);
    }

    @Inject
    CreationAnswers(RequestBase base) {
        this.base = base;
    }

    Response answer(Creation creation) {
        if (creation instanceof Creation.Taken taken) {
            return Response.status(ErrorKind.CONFLICT.status())
                    .header("X-Error-Message", Text.shown(taken.sentence()))
                    .entity(new Taken(taken.sentence(), url(taken.existing())))
                    .build();
        }
        Creation.Created created = (Creation.Created) creation;
        return Response.ok(new Created(url(created.name()), created.name().fullName(), created.id()))
                .build();
    }

    private String url(RepoId name) {
        return base.base() + "/" + name.urlPath();
    }

    /** The field names are the contract's. */
    public record Created(String url, String name, String id) {}

    /** The refusal of a name that is taken. */
    public record Taken(String error, String url) {}
}
