namespace OAuthPS.Flows.Http;

/// <summary>Where the parameters of a request travel.</summary>
public enum ParameterPlacement
{
    /// <summary>The form body, as RFC 6749 section 4 has it.</summary>
    Body,

    /// <summary>The query string.</summary>
    Query,
}
