using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Server;

/// <summary>The access that is asked for.</summary>
/// <param name="Scope">The scope (RFC 6749 section 3.3); null for none.</param>
/// <param name="Resource">Where the token is to be used (RFC 8707).</param>
/// <param name="AuthorizationDetails">What for, in detail: a JSON array (RFC 9396); null for none.</param>
internal sealed record RequestedAccess(string? Scope, IReadOnlyList<string> Resource, string? AuthorizationDetails)
{
    /// <summary>
    /// Whom the token is for, by the names that APIs have at the server: a parameter of token exchange (RFC 8693 section 2.1) that some
    /// servers take with any grant.
    /// </summary>
    internal IReadOnlyList<string> Audience { get; init; } = [];

    /// <exception cref="OAuthUsageException">A resource or the details are not what their specification wants.</exception>
    internal void Check()
    {
        // RFC 8707 section 2. A path is an absolute URI of a file to .NET on Unix.
        if (Resource.FirstOrDefault(one =>
            !Uri.TryCreate(one, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || one.StartsWith('/')) is { } flawed)
        {
            throw Errors.InvalidResource(flawed);
        }

        if (AuthorizationDetails is not null && !AreDetails(AuthorizationDetails))
        {
            throw Errors.InvalidAuthorizationDetails();
        }
    }

    /// <summary>All of it, for a request that asks for access.</summary>
    internal void AddTo(RequestParameters parameters, OAuthProvider provider)
    {
        AddScopeTo(parameters, provider);
        AddResourceTo(parameters);
        foreach (var audience in Audience)
        {
            parameters.Add(ParameterNames.Audience, audience);
        }

        if (AuthorizationDetails is not null)
        {
            parameters.Add(ParameterNames.AuthorizationDetails, AuthorizationDetails);
        }
    }

    internal void AddScopeTo(RequestParameters parameters, OAuthProvider provider)
    {
        if (provider.SendsScope && !string.IsNullOrEmpty(Scope))
        {
            parameters.Add(ParameterNames.Scope, Scope);
        }
    }

    /// <summary>A token request names the resource also where the grant is for several (RFC 8707 section 2.2).</summary>
    internal void AddResourceTo(RequestParameters parameters)
    {
        foreach (var resource in Resource)
        {
            parameters.Add(ParameterNames.Resource, resource);
        }
    }

    // RFC 9396 section 2: an array of objects, each with a type.
    private static bool AreDetails(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0
                && array.EnumerateArray()
                    .All(detail => detail.ValueKind == JsonValueKind.Object && JsonWebSignature.Text(detail, "type") is { Length: > 0 });
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
