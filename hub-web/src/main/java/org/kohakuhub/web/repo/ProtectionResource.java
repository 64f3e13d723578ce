package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.repo.RefRule;
import org.kohakuhub.repo.RefRule.Kind;
import org.kohakuhub.repo.RefRule.Terms;
import org.kohakuhub.repo.RefRule.Who;
import org.kohakuhub.repo.RefRuleService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.BranchResource.Answer;

/** {@code …/protection}: the rules about a repository's branches and tags. */
@RequestScoped
@Path(RepoPath.API + "/protection")
@Produces(MediaType.APPLICATION_JSON)
public class ProtectionResource {
    private final RefRuleService rules;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public ProtectionResource() {
        this(null, null);
    }

    @Inject
    public ProtectionResource(RefRuleService rules, RequestCaller caller) {
        this.rules = rules;
        this.caller = caller;
    }

    @GET
    public Rule[] all(@BeanParam RepoPath repo) {
        return rules.all(caller.get(), repo.repoId()).stream().map(Rule::of).toArray(Rule[]::new);
    }

    @POST
    public Rule add(@BeanParam RepoPath repo, InputStream body) {
        return Rule.of(rules.add(caller.get(), repo.repoId(), terms(JsonBody.read(body))));
    }

    @PUT
    @Path("{id}")
    public Rule change(@BeanParam RepoPath repo, @PathParam("id") String id, InputStream body) {
        return Rule.of(rules.change(caller.get(), repo.repoId(), id, terms(JsonBody.read(body))));
    }

    @DELETE
    @Path("{id}")
    public Answer remove(@BeanParam RepoPath repo, @PathParam("id") String id) {
        rules.remove(caller.get(), repo.repoId(), id);
        return new Answer(true, "Rule removed");
    }

    private static Terms terms(JsonBody asked) {
        return new Terms(
                asked.text("kind").map(Kind::parse).orElse(Kind.BRANCH),
                asked.required("pattern"),
                asked.text("push").map(Who::parse).orElse(Who.MEMBER),
                asked.text("force").map(Who::parse).orElse(Who.ADMIN),
                asked.text("delete").map(Who::parse).orElse(Who.ADMIN));
    }

    /** A rule as it is told; the three deeds carry the least role that may. */
    public record Rule(
            String id,
            String kind,
            String pattern,
            String push,
            String force,
            String delete,
            @JsonbProperty("created_at") String createdAt) {
        static Rule of(RefRule rule) {
            Terms terms = rule.terms();
            return new Rule(
                    rule.id(),
                    terms.kind().text(),
                    terms.pattern(),
                    terms.push().text(),
                    terms.force().text(),
                    terms.delete().text(),
                    JsonAnswer.date(rule.createdAt()));
        }
    }
}
