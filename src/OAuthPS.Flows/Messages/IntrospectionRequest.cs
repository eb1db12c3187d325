using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>A request to the introspection endpoint (RFC 7662 section 2.1).</summary>
internal sealed class IntrospectionRequest : OAuthRequest
{
    internal IntrospectionRequest(Uri endpoint, Secret token, string? tokenTypeHint)
        : base(endpoint)
    {
        Parameters.Add(ParameterNames.Token, token);
        if (tokenTypeHint is not null)
        {
            Parameters.Add(ParameterNames.TokenTypeHint, tokenTypeHint);
        }
    }

    internal override string Purpose => "introspection request";
}
