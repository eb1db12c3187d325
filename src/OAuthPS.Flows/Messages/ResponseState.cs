using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// Whether a response knows the state of a request (RFC 6749 section 10.12), told before anything of it is believed or checked. Any
/// page can send a browser to a redirect URI; only the server that was asked can send it there with the state.
/// </summary>
internal static class ResponseState
{
    // Words that anybody may have written are shown, so they are few.
    private const int MaximumWords = 200;

    /// <returns>What is wrong with the one state of a response, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(string? state, AuthorizationRequest request) =>
        state is null ? "has no state" : state == request.State ? null : "has the state of another request";

    /// <returns>What is wrong with the state of a response as it came, for a sentence; null when nothing is.</returns>
    internal static string? FlawIn(string encoded, AuthorizationRequest request)
    {
        var parameters = AuthorizationResponse.Pairs(encoded).ToList();
        var states = Values(parameters, ParameterNames.State);
        return states.Count > 1 ? "has the parameter 'state' twice" : Flaw(states.FirstOrDefault() ?? SignedState(parameters), request);
    }

    /// <summary>The error of a response without a state, which may be the server's own or anybody's.</summary>
    /// <returns>Its words, harmless and bounded; null where it has a state, or no error.</returns>
    internal static string? ErrorWithoutState(string encoded, AuthorizationRequest request)
    {
        var parameters = AuthorizationResponse.Pairs(encoded).ToList();
        if (Values(parameters, ParameterNames.State).Count > 0 || Values(parameters, "error") is not [{ Length: > 0 } error, ..])
        {
            return null;
        }

        var secrets = AuthorizationResponse.SecretsOf(parameters, request);
        var words = WireFormat.Clean(error, secrets, MaximumWords);
        return Values(parameters, "error_description") is [{ Length: > 0 } description, ..]
            ? $"{words}: {WireFormat.Clean(description, secrets, MaximumWords)}"
            : words;
    }

    // A signed response has it among its claims (JARM section 2.1). Whether the signature is good is a question for later: whoever does
    // not know the state is not worth a request for the server's keys.
    private static string? SignedState(List<(string Name, string Value)> parameters) =>
        Values(parameters, ParameterNames.Response) is [var response] && JsonWebSignature.TryRead(response) is { } jws
            ? JsonWebSignature.Text(jws.Claims, ParameterNames.State)
            : null;

    private static List<string> Values(List<(string Name, string Value)> parameters, string name) =>
        [.. parameters.Where(parameter => parameter.Name == name).Select(parameter => parameter.Value)];
}
