using System.Net;

namespace OAuthPS.Flows.Protocol;

/// <summary>
/// The authorization answer as the redirect carries it (RFC 6749 sections 4.1.2 and 4.2.2): the parameters of a query, a
/// fragment, or an address that a person pasted.
/// </summary>
internal sealed class AuthorizationResponse
{
    private AuthorizationResponse()
    {
    }

    internal Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads parameters and checks that they answer the request.</summary>
    /// <param name="encoded">The parameters.</param>
    /// <param name="request">The request they should answer.</param>
    /// <param name="issuer">The issuer they must name (RFC 9207 section 2.4); null when they need not.</param>
    /// <exception cref="OAuthProtocolException">A parameter comes twice, or <c>state</c> is not the request's.</exception>
    /// <exception cref="OAuthServerException">The answer is an error answer.</exception>
    internal static AuthorizationResponse Read(string encoded, AuthorizationRequest request, string? issuer)
    {
        var response = new AuthorizationResponse();
        foreach (var pair in encoded.TrimStart('?', '#').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]);

            // RFC 6749 section 3.1: parameters must not be included more than once.
            if (!response.Parameters.TryAdd(name, value))
            {
                throw Errors.AuthorizationAnswer($"has the parameter '{WireFormat.Clean(name, [])}' twice");
            }
        }

        // Before anything else is believed, an error included: whoever does not know the state was not asked.
        if (response.Get(ParameterNames.State) is not { } state)
        {
            throw Errors.AuthorizationAnswer("has no state");
        }

        if (!string.Equals(state, request.State, StringComparison.Ordinal))
        {
            throw Errors.AuthorizationAnswer("has the state of another request");
        }

        // RFC 9207 section 2.4: the answer of another server is not taken for this one's, an error included.
        if (issuer is not null && response.Get(ParameterNames.Issuer) != issuer)
        {
            throw Errors.AuthorizationAnswer("is of another issuer (iss)");
        }

        if (response.Get("error") is { } error)
        {
            throw Errors.SignInRefused(WireFormat.Clean(error, []), response.Get("error_description") is { } words ? WireFormat.Clean(words, []) : null);
        }

        return response;
    }

    /// <summary>The query of an address, else its fragment; null when it has neither.</summary>
    internal static string? ParametersOf(string address)
    {
        var parts = address.Split('#', 2);
        var question = parts[0].IndexOf('?', StringComparison.Ordinal);
        return question >= 0 && question < parts[0].Length - 1 ? parts[0][(question + 1)..] : parts.ElementAtOrDefault(1);
    }

    internal string? Get(string name) => Parameters.TryGetValue(name, out var value) ? value : null;

    internal Secret RequireCode() => Secret.FromNullable(Get(ParameterNames.Code)) ?? throw Errors.AuthorizationAnswer("has no code");
}
