using System.Net;
using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The authorization response as the redirect carries it (RFC 6749 sections 4.1.2 and 4.2.2): the parameters of a query, a
/// fragment, or an address that a person pasted.
/// </summary>
internal sealed class AuthorizationResponse
{
    private static readonly string[] _secretNames =
        [ParameterNames.Code, ParameterNames.State, "access_token", ParameterNames.RefreshToken, "id_token"];

    private static readonly string[] _ofTheProtocol = [
        .. _secretNames, ParameterNames.Issuer, ParameterNames.Response, "token_type", "expires_in"];

    private AuthorizationResponse(Dictionary<string, string> parameters) => Parameters = parameters;

    internal Dictionary<string, string> Parameters { get; }

    /// <summary>Takes the parameters of a query or a fragment apart.</summary>
    /// <exception cref="OAuthProtocolException">A parameter comes twice.</exception>
    internal static Dictionary<string, string> Decode(string encoded)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(encoded))
        {
            // RFC 6749 section 3.1: parameters must not be included more than once.
            if (!parameters.TryAdd(name, value))
            {
                throw Errors.AuthorizationResponse($"has the parameter '{WireFormat.Clean(name, [])}' twice");
            }
        }

        return parameters;
    }

    /// <summary>The same one by one, whatever comes how often.</summary>
    internal static IEnumerable<(string Name, string Value)> Pairs(string encoded) =>
        encoded.TrimStart('?', '#').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
            ? (WebUtility.UrlDecode(pair[..equals]), WebUtility.UrlDecode(pair[(equals + 1)..]))
            : (WebUtility.UrlDecode(pair), ""));

    /// <summary>Checks that parameters answer the request.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="request">The request they should answer.</param>
    /// <param name="provider">Who should have answered.</param>
    /// <exception cref="OAuthProtocolException"><c>state</c> is not the request's, or the issuer is not the provider's.</exception>
    /// <exception cref="OAuthServerException">The response is an error response.</exception>
    internal static AuthorizationResponse Check(Dictionary<string, string> parameters, AuthorizationRequest request, OAuthProvider provider)
    {
        var response = new AuthorizationResponse(parameters);

        // Before anything else is believed, an error included: whoever does not know the state was not asked.
        if (ResponseState.Flaw(response.Get(ParameterNames.State), request) is { } flaw)
        {
            throw Errors.AuthorizationResponse(flaw);
        }

        // RFC 9207 section 2.4: the response of another server is not taken for this one's, an error included. A server that
        // announces that it names itself must; what another one says must be true all the same.
        var named = response.Get(ParameterNames.Issuer);
        if (provider.Issuer is { } issuer && named != issuer && (named is not null || provider.AuthorizationResponseHasIssuer)
            && !(named is not null && TenantIssuer.IsOf(named, provider.TokenIssuer)))
        {
            throw Errors.AuthorizationResponse("is of another issuer (iss)");
        }

        if (response.Get("error") is { } error)
        {
            var secrets = SecretsOf(parameters.Select(parameter => (parameter.Key, parameter.Value)), request);
            throw Errors.SignInRefused(
                WireFormat.Clean(error, secrets), response.Get("error_description") is { } words ? WireFormat.Clean(words, secrets) : null);
        }

        return response;
    }

    /// <summary>What the words of a response must not show: its own secrets, and those that it was asked with.</summary>
    internal static List<string> SecretsOf(IEnumerable<(string Name, string Value)> parameters, AuthorizationRequest request) =>
        [.. parameters.Where(parameter =>
            _secretNames.Contains(parameter.Name)).Select(parameter => parameter.Value), .. request.Parameters.SecretValues];

    /// <summary>The parameters as a JSON object of texts.</summary>
    internal string ToJson() => JsonText.Object(members =>
    {
        foreach (var (name, value) in Parameters)
        {
            members.WriteString(name, value);
        }
    });

    /// <summary>What the redirect carries besides what the protocol has there.</summary>
    /// <param name="request">What was asked with: no secret of it may show.</param>
    /// <param name="listed">The parameters that the provider's data say are harmless.</param>
    internal IReadOnlyDictionary<string, ResponseMember> MembersBeside(AuthorizationRequest request, IReadOnlyList<string> listed)
    {
        using var document = JsonDocument.Parse(ToJson());
        var secrets = _secretNames.Select(Get).OfType<string>().Concat(request.Parameters.SecretValues).ToList();
        return ResponseMembers.Of(
            document.RootElement.EnumerateObject().Select(parameter =>
                KeyValuePair.Create(parameter.Name, parameter.Value)), name => !_ofTheProtocol.Contains(name), listed, secrets);
    }

    internal string? Get(string name) => Parameters.TryGetValue(name, out var value) ? value : null;

    internal Secret RequireCode() => Secret.FromNullable(Get(ParameterNames.Code)) ?? throw Errors.AuthorizationResponse("has no code");
}
