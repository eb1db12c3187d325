using System.Text;

namespace OAuthPS.Flows.Http;

/// <summary>application/x-www-form-urlencoded as RFC 6749 appendix B uses it: UTF-8, a space becomes a plus sign.</summary>
internal static class FormUrlEncoding
{
    internal static string Encode(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);

    internal static string Encode(IEnumerable<RequestParameter> parameters) => Join(parameters, Encode);

    /// <summary>
    /// The same for a URI's query, where a space is safest as %20: a server that decodes forms and one that decodes URIs both read it.
    /// </summary>
    internal static string EncodeQuery(IEnumerable<RequestParameter> parameters) => Join(parameters, Uri.EscapeDataString);

    internal static Uri AppendQuery(Uri endpoint, IReadOnlyCollection<RequestParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return endpoint;
        }

        // RFC 6749 section 3.1: a query the endpoint already has must be retained.
        var separator = endpoint.Query switch
        {
            "" => "?",
            "?" => "",
            _ => "&",
        };
        return new Uri(endpoint.GetLeftPart(UriPartial.Query) + separator + EncodeQuery(parameters));
    }

    private static string Join(IEnumerable<RequestParameter> parameters, Func<string, string> encode)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters)
        {
            if (text.Length > 0)
            {
                text.Append('&');
            }

            text.Append(encode(parameter.Name)).Append('=').Append(encode(parameter.Value));
        }

        return text.ToString();
    }
}
