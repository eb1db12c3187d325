using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The part of Space's API that is there: the own profile, and projects.</summary>
internal sealed class SpaceApi(AccessTokens accessTokens)
{
    private static readonly JsonObject[] _projects = [Project("1p", "ENGINE", "Analytical Engine"), Project("2p", "NOTES", "Notes")];

    /// <summary><c>GET /api/http/team-directory/profiles/me</c>: whom the token acts for.</summary>
    public Answer Profile(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out var token, out var reason))
        {
            return SpaceError.AuthenticationRequired(context, reason);
        }

        return SpaceFields.Parse(RequestParameters.FromQuery(context)["$fields"]) is { } fields
            ? Answer.Json(200, fields.Of(ProfileOf(token.Grant)))
            : SpaceError.Validation("$fields must be a list of fields, such as id,name(firstName).");
    }

    /// <summary><c>GET /api/http/projects</c>: a batch, for the permission "View project details".</summary>
    public Answer Projects(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out var token, out var reason))
        {
            return SpaceError.AuthenticationRequired(context, reason);
        }

        return SpaceScope.Grants(token.Scope, "Project.View")
            ? SpaceBatch.Of(_projects, RequestParameters.FromQuery(context))
            : SpaceError.PermissionDenied("Project.View");
    }

    // A client-credentials token acts "on behalf of" the application, which then has the profile.
    private static JsonObject ProfileOf(Grant grant)
        => grant.User is { } user
            ? Person("1u", user, "Ada", "Lovelace", "ada@example.com")
            : Person("1a", grant.ClientId, "Space", "Client", email: null);

    private static JsonObject Person(string id, string userName, string firstName, string lastName, string? email) => new()
    {
        ["id"] = id,
        ["username"] = userName,
        ["name"] = new JsonObject { ["firstName"] = firstName, ["lastName"] = lastName },
        ["emails"] = email is null ? [] : new JsonArray(new JsonObject { ["email"] = email }),
    };

    private static JsonObject Project(string id, string key, string name)
        => new() { ["id"] = id, ["key"] = new JsonObject { ["key"] = key }, ["name"] = name };
}
