using System.Collections.ObjectModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// One request as it goes over the wire: what every message of the protocol has in common. It can be sent more than once (a
/// redirect within the origin), and shown at any time, because it knows which of its values are secrets.
/// </summary>
internal abstract class OAuthRequest(Uri endpoint)
{
    internal const int OneMebibyte = 1024 * 1024;

    // As they were sent: a server that refuses one may repeat it.
    private readonly List<string> _proofs = [];

    /// <summary>How messages name it: "token request", "revocation request".</summary>
    internal abstract string Purpose { get; }

    internal virtual HttpMethod Method => Placement == ParameterPlacement.Get ? HttpMethod.Get : HttpMethod.Post;

    internal Uri Endpoint { get; } = SecureUrl.Require(endpoint);

    /// <summary>Sent as the form body of a POST, or where <see cref="Placement"/> says.</summary>
    internal RequestParameters Parameters { get; } = new();

    /// <summary>Sent in the query string wherever <see cref="Parameters"/> travel.</summary>
    internal RequestParameters QueryParameters { get; } = new();

    internal ParameterPlacement Placement { get; init; } = ParameterPlacement.Body;

    internal AuthenticationHeaderValue? Authorization { get; set; }

    /// <summary>Headers that the server needs besides, in the place of the request's own of the same name.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// What proves possession of the session's key with every message of the request (RFC 9449); null where nothing does.
    /// </summary>
    internal DPoPProver? DPoP { get; set; }

    /// <summary>The token that goes with the request and is bound to that key.</summary>
    internal Secret? BoundToken { get; set; }

    /// <summary>The time that was signed into the request; null where nothing in it is signed.</summary>
    internal DateTimeOffset? SignedAt { get; set; }

    /// <summary>
    /// Whether it is the grant itself that is signed: its time being wrong is answered <c>invalid_grant</c> then (RFC 7521 section 4.1.1).
    /// </summary>
    internal bool IsGrantSigned { get; set; }

    /// <summary>
    /// Whether it goes to an API: what comes back is the caller's to look at then, and its words are no code of the protocol.
    /// </summary>
    internal virtual bool IsApiCall => false;

    /// <summary>
    /// Whether the client is who asks: a refusal without a reason is about the client then (RFC 6749 section 5.2), and not about a user or
    /// a token.
    /// </summary>
    internal virtual bool IsOfClient => !IsApiCall;

    /// <summary>In bytes. A response of the protocol is a few kilobytes; whatever is longer than a mebibyte is none.</summary>
    internal virtual int MaximumResponseSize => OneMebibyte;

    internal virtual string Accept => "application/json";

    /// <summary>Whether a refusal is read like any other response.</summary>
    internal virtual bool TakesAnyStatus => false;

    /// <summary>Whether a file goes up or down: its time is for each step then, and not for the whole.</summary>
    internal virtual bool IsTransfer => false;

    /// <summary>The file that the body of the response goes into; null keeps it in memory.</summary>
    internal virtual FileDownload? Download => null;

    /// <summary>How many redirects are followed at most; with 0 a redirect is the response.</summary>
    internal virtual int MaximumRedirection => RedirectPolicy.MaximumHops;

    /// <summary>Whether a redirect is followed with the same method.</summary>
    internal virtual bool KeepsMethod(int status) => status is 307 or 308;

    /// <summary>Whether a redirect that does not keep the method is followed with GET.</summary>
    internal virtual bool MayBecomeGet(int status) => false;

    /// <summary>Who is told of the pieces of a file; null while nothing is under way.</summary>
    internal TransferWatch? Watch { get; set; }

    private bool IsInQuery => Placement is ParameterPlacement.Query or ParameterPlacement.Get;

    internal Uri Target =>
        FormUrlEncoding.AppendQuery(Endpoint, [.. QueryParameters, .. IsInQuery ? Parameters : []]);

    /// <summary>What proves the client and never travels itself: the server knows it all the same, and might repeat it.</summary>
    internal Secret? SigningSecret { get; set; }

    /// <summary>What must not show where the request, or what the server says of it, is shown.</summary>
    internal virtual IEnumerable<string> Secrets
    {
        get
        {
            var values = Parameters.SecretValues.Concat(QueryParameters.SecretValues);
            values = values.Concat(_proofs).Concat(CredentialValues.InHeaders(Headers));
            values = Endpoint.Query.Length > 1 ? values.Concat(CredentialValues.InQuery(Endpoint)) : values;
            values = SigningSecret is { } secret ? values.Append(secret.Reveal()) : values;
            return Authorization is { Parameter: { } credentials } ? values.Append(credentials).Concat(PasswordsIn(Authorization)) : values;
        }
    }

    /// <summary>A fresh message for the target; a redirect gives another than <see cref="Target"/>.</summary>
    internal HttpRequestMessage ToHttpRequestMessage(Uri target, HttpMethod method)
    {
        var message = new HttpRequestMessage(method, target);
        message.Headers.Authorization = Authorization;
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (method != HttpMethod.Get && method != HttpMethod.Head)
        {
            message.Content = CreateContent();
        }

        if (DPoP is not null)
        {
            SignedAt ??= DPoP.NowAt(target);
            var proof = DPoP.Prove(method, target, BoundToken, SignedAt.Value);
            _proofs.Add(proof);
            message.Headers.TryAddWithoutValidation(DPoPProver.HeaderName, proof);
        }

        AddHeaders(message);
        foreach (var (name, value) in Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Tells of a piece of a file.</summary>
    internal void Advance(long bytes, long? total) => Watch?.Advance(bytes, total);

    /// <summary>The request as it may be shown, on one line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {ShownUrl.Of(Endpoint)}");
        var query = string.Join("&", QueryParameters.Concat(IsInQuery ? Parameters : []));
        if (query.Length > 0)
        {
            text.Append('?').Append(query);
        }

        if (Authorization is not null)
        {
            text.Append($", Authorization: {Authorization.Scheme} {Secret.Mask}");
        }

        if (DPoP is not null)
        {
            text.Append($", {DPoPProver.HeaderName}: {Secret.Mask}");
        }

        if (!IsInQuery && Parameters.Count > 0)
        {
            text.Append($", body: {Parameters}");
        }

        return text.ToString();
    }

    // The server has taken the header apart: the password must not show either, as it was joined and as it was before (RFC 6749
    // section 2.3.1 encodes it first).
    private static string[] PasswordsIn(AuthenticationHeaderValue authorization)
    {
        if (authorization is not { Scheme: "Basic", Parameter: { } credentials })
        {
            return [];
        }

        var joined = Encoding.UTF8.GetString(Convert.FromBase64String(credentials));
        var password = joined[(joined.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return [password, WebUtility.UrlDecode(password)];
    }

    private protected virtual void AddHeaders(HttpRequestMessage message)
    {
    }

    private protected virtual HttpContent? CreateContent()
    {
        var (body, mediaType) = Placement switch
        {
            ParameterPlacement.Body => (FormUrlEncoding.Encode(Parameters), "application/x-www-form-urlencoded"),
            ParameterPlacement.Json => (Parameters.ToJson(), "application/json"),
            _ => ("", ""),
        };
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (body.Length > 0)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }

        return content;
    }
}
