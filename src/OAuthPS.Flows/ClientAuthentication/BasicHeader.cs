using System.Net.Http.Headers;
using System.Text;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>
/// The <c>Authorization: Basic</c> header in its two forms, which differ for every id or secret that is not plain
/// alphanumeric: RFC 7617 section 2, and RFC 6749 section 2.3.1.
/// </summary>
internal static class BasicHeader
{
    /// <summary>Whether a name can be told from the password after it.</summary>
    internal static bool IsPossible(string name, BasicEncoding encoding) =>
        encoding == BasicEncoding.FormEncoded || !name.Contains(':', StringComparison.Ordinal);

    internal static AuthenticationHeaderValue Create(string name, Secret password, BasicEncoding encoding)
    {
        var value = password.Reveal();
        if (encoding == BasicEncoding.FormEncoded)
        {
            (name, value) = (FormUrlEncoding.Encode(name), FormUrlEncoding.Encode(value));
        }
        else if (!IsPossible(name, encoding))
        {
            // The first colon ends the name: what stands before it would be taken for all of it.
            throw Errors.ColonInBasicName();
        }

        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{value}")));
    }
}
