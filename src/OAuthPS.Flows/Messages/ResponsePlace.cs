namespace OAuthPS.Flows.Messages;

/// <summary>
/// Where in an address the response stands: in the query or in the fragment, as the response type or the <c>response_mode</c> has it (OAuth
/// 2.0 Multiple Response Type Encoding Practices, section 2.1). What stands in the other place was not asked for: a page that can put
/// something there is not the server.
/// </summary>
internal static class ResponsePlace
{
    private static readonly string[] _responses = [ParameterNames.Code, "access_token", "id_token", ParameterNames.Response];

    /// <summary>Whether a request asks for a response in the fragment.</summary>
    /// <param name="request">The request.</param>
    /// <param name="byDefault">Whether its response type has it there.</param>
    internal static bool IsFragment(AuthorizationRequest request, bool byDefault) =>
        request.Parameters.Value(ParameterNames.ResponseMode) switch
    {
        "fragment" or "fragment.jwt" => true,
        "query" or "query.jwt" => false,
        _ => byDefault,
    };

    /// <summary>The parameters of an address that answer a request.</summary>
    /// <param name="address">The address, or its end.</param>
    /// <param name="inFragment">Where the response was asked for.</param>
    /// <returns>
    /// The parameters as they stand there; null when there are none. An error gives nothing away, and is taken from either place.
    /// </returns>
    /// <exception cref="OAuthProtocolException">The response stands in the other place.</exception>
    internal static string? ParametersOf(string address, bool inFragment)
    {
        var parts = address.Split('#', 2);
        var question = parts[0].IndexOf('?', StringComparison.Ordinal);
        var query = question >= 0 && question < parts[0].Length - 1 ? parts[0][(question + 1)..] : null;
        var fragment = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null;
        var (asked, other) = inFragment ? (fragment, query) : (query, fragment);
        return Has(asked, _responses) || Has(asked, ["error"]) || other is null ? asked
            : Has(other, _responses)
                ? throw Errors.AuthorizationResponse(
                    inFragment ? "stands in the query, and was asked for in the fragment" : "stands in the fragment, and was asked "
                        + "for in the query")
            : Has(other, ["error"]) ? other
            : asked;
    }

    private static bool Has(string? encoded, string[] names) =>
        encoded is not null && AuthorizationResponse.Pairs(encoded).Any(parameter => names.Contains(parameter.Name));
}
