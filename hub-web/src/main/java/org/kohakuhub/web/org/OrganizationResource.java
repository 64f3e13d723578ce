package org.kohakuhub.web.org;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.kohakuhub.access.Role;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.org.Belonging;
import org.kohakuhub.org.Member;
import org.kohakuhub.org.Members;
import org.kohakuhub.org.Organizations;
import org.kohakuhub.org.RepoCounts;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Dates;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonBody;

/** {@code /org}: organizations and who is in them. */
@RequestScoped
@Path("/org")
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationResource {
    private final Organizations organizations;
    private final Members members;
    private final RequestCaller caller;

    /** For RESTEasy and the CDI proxy. */
    public OrganizationResource() {
        this(null, null, null);
    }

    @Inject
    OrganizationResource(Organizations organizations, Members members, RequestCaller caller) {
        this.organizations = organizations;
        this.members = members;
        this.caller = caller;
    }

    /** Makes an organization. */
    @POST
    @Path("create")
    public Created create(InputStream body) {
        JsonBody json = JsonBody.read(body);
        AccountRecord made = organizations.create(caller.get(), json.required("name"), json.text("description"));
        return new Created(true, made.name());
    }

    /** What everybody may know of it. */
    @GET
    @Path("{organization}")
    public Shown show(@PathParam("organization") String name) {
        AccountRecord organization = organizations.find(name);
        RepoCounts counts = organizations.repositories(caller.get(), organization);
        return new Shown(
                organization.name(),
                organization.description().orElse(null),
                Dates.text(organization.createdAt()),
                new Counts(counts.model(), counts.dataset(), counts.space(), counts.total()));
    }

    /** Who is in it. */
    @GET
    @Path("{organization}/members")
    public MemberListing members(@PathParam("organization") String name) {
        return new MemberListing(
                organizations.members(name).stream().map(ShownMember::of).toList());
    }

    /** Takes a user in. */
    @POST
    @Path("{organization}/members")
    public Done add(@PathParam("organization") String name, InputStream body) {
        JsonBody json = JsonBody.read(body);
        members.add(caller.get(), name, json.required("username"), role(json));
        return Done.because("Member added");
    }

    /** Gives a member another role. */
    @PUT
    @Path("{organization}/members/{user}")
    public Done change(@PathParam("organization") String name, @PathParam("user") String user, InputStream body) {
        members.change(caller.get(), name, user, role(JsonBody.read(body)));
        return Done.because("Role changed");
    }

    /** Puts a member out. */
    @DELETE
    @Path("{organization}/members/{user}")
    public Done remove(@PathParam("organization") String name, @PathParam("user") String user) {
        members.remove(caller.get(), name, user);
        return Done.because("Member removed");
    }

    /** The organizations that a user is in. */
    @GET
    @Path("users/{user}/orgs")
    public OrganizationListing of(@PathParam("user") String user) {
        return new OrganizationListing(
                organizations.of(user).stream().map(ShownBelonging::of).toList());
    }

    private static Role role(JsonBody json) {
        String text = json.required("role");
        return Role.parse(text)
                .orElseThrow(() -> new HubException(
                        ErrorKind.INVALID,
                        "Unknown role: " + Text.shown(text) + " (visitor, member, admin or super-admin)"));
    }

    /** The field names are the original's. */
    public record Created(boolean success, String name) {}

    /** The field names are the original's. */
    public record Shown(String name, String description, String created_at, Counts repo_count) {}

    /** The field names are the original's. */
    public record Counts(long model, long dataset, long space, long total) {}

    /** The field names are the original's. */
    public record MemberListing(List<ShownMember> members) {}

    /** The field names are the original's. */
    public record ShownMember(String user, String role) {
        static ShownMember of(Member member) {
            return new ShownMember(member.user(), member.role().text());
        }
    }

    /** The field names are the original's. */
    public record OrganizationListing(List<ShownBelonging> organizations) {}

    /** The field names are the original's. */
    public record ShownBelonging(String name, String description, String role) {
        static ShownBelonging of(Belonging belonging) {
            return new ShownBelonging(
                    belonging.name(),
                    belonging.description().orElse(null),
                    belonging.role().text());
        }
    }
}
