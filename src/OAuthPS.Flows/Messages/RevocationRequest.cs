using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>A request to the revocation endpoint (RFC 7009 section 2.1).</summary>
internal sealed class RevocationRequest : OAuthRequest
{
    internal RevocationRequest(Uri endpoint, Secret token, string? tokenTypeHint)
        : base(endpoint)
    {
        Parameters.Add(ParameterNames.Token, token);
        if (tokenTypeHint is not null)
        {
            Parameters.Add(ParameterNames.TokenTypeHint, tokenTypeHint);
        }
    }

    internal override string Purpose => "revocation request";
}
