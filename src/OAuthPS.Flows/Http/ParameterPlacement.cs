namespace OAuthPS.Flows.Http;

/// <summary>Where the parameters of a request travel.</summary>
public enum ParameterPlacement
{
    /// <summary>The form body, as RFC 6749 section 4 has it.</summary>
    Body,

    /// <summary>The query string of a POST.</summary>
    Query,

    /// <summary>A JSON object as the body; a parameter that comes several times is a list.</summary>
    Json,

    /// <summary>The query string of a GET, which RFC 6749 section 3.2 does not have: what stands in a URL is logged on its way.</summary>
    Get,
}
