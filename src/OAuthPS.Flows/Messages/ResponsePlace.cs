namespace OAuthPS.Flows.Messages;

/// <summary>Where an authorization response stands.</summary>
internal enum ResponseMode
{
    /// <summary>In the query of the redirect URI (OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1).</summary>
    Query,

    /// <summary>In its fragment (the same section).</summary>
    Fragment,

    /// <summary>In a form that the browser posts to it (OAuth 2.0 Form Post Response Mode, section 2).</summary>
    Form,
}

/// <summary>
/// Where the response stands: as the response type or the <c>response_mode</c> has it. What stands in another place was not asked for: a
/// page that can put something there is not the server.
/// </summary>
internal static class ResponsePlace
{
    private static readonly string[] _responses = [ParameterNames.Code, "access_token", "id_token", ParameterNames.Response];

    /// <summary>Where a request asks for its response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="byDefault">Where its response type has it.</param>
    internal static ResponseMode Asked(AuthorizationRequest request, ResponseMode byDefault) =>
        request.Parameters.Value(ParameterNames.ResponseMode) switch
    {
        "fragment" or "fragment.jwt" => ResponseMode.Fragment,
        "query" or "query.jwt" => ResponseMode.Query,
        "form_post" or "form_post.jwt" => ResponseMode.Form,
        _ => byDefault,
    };

    /// <summary>The parameters of an address that answer a request.</summary>
    /// <param name="address">The address, or its end; or the parameters alone.</param>
    /// <param name="asked">Where the response was asked for.</param>
    /// <returns>
    /// The parameters as they stand there; null when there are none. An error gives nothing away, and is taken from any place.
    /// </returns>
    /// <exception cref="OAuthProtocolException">The response stands in another place.</exception>
    internal static string? ParametersOf(string address, ResponseMode asked)
    {
        if (!address.Contains('?', StringComparison.Ordinal) && !address.Contains('#', StringComparison.Ordinal))
        {
            return HasResponse(address) ? address : null;
        }

        var parts = address.Split('#', 2);
        var question = parts[0].IndexOf('?', StringComparison.Ordinal);
        var query = question >= 0 && question < parts[0].Length - 1 ? parts[0][(question + 1)..] : null;
        var fragment = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null;
        return asked switch
        {
            ResponseMode.Query => HasResponse(query) ? query : Standing(fragment, ResponseMode.Fragment, asked) ?? query,
            ResponseMode.Fragment => HasResponse(fragment) ? fragment : Standing(query, ResponseMode.Query, asked) ?? fragment,
            _ => Standing(query, ResponseMode.Query, asked) ?? Standing(fragment, ResponseMode.Fragment, asked),
        };
    }

    /// <summary>The parameters that stand in one place, where they answer a request.</summary>
    /// <param name="parameters">The parameters; null for none.</param>
    /// <param name="place">Where they stand.</param>
    /// <param name="asked">Where the response was asked for.</param>
    /// <returns>The same; null where they are none, or are no response and stand in another place.</returns>
    /// <exception cref="OAuthProtocolException">They are a response that stands in another place.</exception>
    internal static string? Standing(string? parameters, ResponseMode place, ResponseMode asked) =>
        string.IsNullOrEmpty(parameters) ? null
        : place == asked ? parameters
        : Has(parameters, _responses)
            ? throw Errors.AuthorizationResponse($"stands in the {Name(place)}, and was asked for in the {Name(asked)}")
        : Has(parameters, ["error"]) ? parameters
        : null;

    /// <summary>Whether parameters are a response, be it an error; one without a value is none.</summary>
    internal static bool HasResponse(string? encoded) => Has(encoded, _responses) || Has(encoded, ["error"]);

    private static string Name(ResponseMode place) => place switch
    {
        ResponseMode.Query => "query",
        ResponseMode.Fragment => "fragment",
        _ => "form",
    };

    private static bool Has(string? encoded, string[] names) => encoded is not null
        && AuthorizationResponse.Pairs(encoded).Any(parameter => names.Contains(parameter.Name) && parameter.Value.Length > 0);
}
