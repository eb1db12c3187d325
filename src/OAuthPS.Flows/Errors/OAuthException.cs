using System.Collections.ObjectModel;
using System.Net;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <summary>
/// The base of every failure this library reports. The message says what happened, what the provider said and what to do
/// next; it never holds a secret. Cancellation is not a failure: it surfaces as <see cref="OperationCanceledException"/>.
/// </summary>
public abstract class OAuthException : Exception
{
    private string _action;
    private string? _source;

    private protected OAuthException(OAuthErrorId id, string whatHappened, string recommendedAction, Exception? inner = null)
        : base(null, inner)
    {
        Id = id;
        WhatHappened = TerminalText.Escape(whatHappened);
        _action = TerminalText.Escape(recommendedAction);
    }

    /// <summary>A stable identifier, such as <c>InvalidClient</c>; scripts may compare it.</summary>
    public string ErrorId => Id.Name;

    /// <summary>The sort of failure.</summary>
    public OAuthErrorKind Kind => Id.Kind;

    // The same request may be answered later.
    internal bool MayPass =>
        Kind is OAuthErrorKind.Connection or OAuthErrorKind.Timeout or OAuthErrorKind.ServerFailure or OAuthErrorKind.LimitsExceeded;

    /// <summary>What happened and what the provider said of it; the message without its last part.</summary>
    public string WhatHappened { get; }

    /// <summary>What to do next; the last part of the message.</summary>
    public string RecommendedAction => _source is null ? _action : $"{_action} {_source}";

    /// <summary>Which failure it is.</summary>
    public OAuthErrorId Id { get; }

    /// <summary>What happened, and what to do next.</summary>
    public override string Message => $"{WhatHappened} {RecommendedAction}";

    /// <summary>The name of the provider it is about; null where it is about none.</summary>
    public string? Provider { get; internal init; }

    /// <summary>The name of the flow it is about; null where it is about none.</summary>
    public string? Flow { get; internal init; }

    /// <summary>What the caller gives that it is about: missing, any of which is enough; not used; or to be checked.</summary>
    public IReadOnlyList<OAuthInput> Inputs { get; internal init; } = [];

    /// <summary>The address of the request it is about, without query, fragment and user name; null where there is none.</summary>
    public string? Endpoint { get; internal init; }

    /// <summary>Puts a program's own words for what to do next, such as the name of its parameter, in the place of the library's.</summary>
    /// <param name="recommendedAction">The words, a sentence without a secret.</param>
    public void Advise(string recommendedAction) => _action = TerminalText.Escape(recommendedAction);

    /// <summary>Says behind every advice where it stands what the request was made of, since that may be out of date.</summary>
    internal void Cite(string source) => _source = TerminalText.Escape(source);
}

/// <summary>The caller's input is missing, contradictory or unsafe; nothing was sent.</summary>
public sealed class OAuthUsageException : OAuthException
{
    internal OAuthUsageException(OAuthErrorId id, string whatHappened, string recommendedAction)
        : base(id, whatHappened, recommendedAction)
    {
    }

    /// <summary>The flows to choose from; empty where the choice of a flow does not help.</summary>
    public IReadOnlyList<OfferedFlow> Flows { get; internal init; } = [];

    /// <summary>
    /// What an address or a part of one that is missing or wrong looks like at the provider; null where it is not known.
    /// </summary>
    public string? Example { get; internal init; }

    /// <summary>The part of the provider's addresses that it is about, such as <c>Tenant</c>; null where it is about none.</summary>
    public string? Variable { get; internal init; }

    /// <summary>The name of the header it is about, as it may be shown; null where it is about none.</summary>
    public string? Header { get; internal init; }
}

/// <summary>The server was not reached, did not answer in time, or points somewhere the credentials must not go.</summary>
public sealed class OAuthConnectionException : OAuthException
{
    internal OAuthConnectionException(OAuthErrorId id, string whatHappened, string recommendedAction, Exception? inner = null)
        : base(id, whatHappened, recommendedAction, inner)
    {
    }
}

/// <summary>The server answered, but with something that is no response of the protocol.</summary>
public sealed class OAuthProtocolException : OAuthException
{
    internal OAuthProtocolException(OAuthErrorId id, string whatHappened, string recommendedAction)
        : base(id, whatHappened, recommendedAction)
    {
    }
}

/// <summary>The server refused the request (RFC 6749 section 5.2, or the provider's own form of it).</summary>
public sealed class OAuthServerException : OAuthException
{
    internal OAuthServerException(OAuthErrorId id, string whatHappened, string recommendedAction)
        : base(id, whatHappened, recommendedAction)
    {
    }

    /// <summary>The HTTP status code of the response.</summary>
    public required int StatusCode { get; init; }

    /// <summary>
    /// The <c>error</c> code of RFC 6749 section 5.2, such as <c>invalid_grant</c>, or else the server's own; null when it gave none.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>
    /// The provider's own words, without control characters and with every secret of the request replaced; null when it gave none.
    /// </summary>
    public string? ErrorDescription { get; init; }

    /// <summary>Whether it was an API that answered, and not the authorization server.</summary>
    public bool IsApiCall { get; internal init; }

    /// <summary>
    /// The headers of the response, by their names in any case; 64 at most. The values of those that are credentials by their names, such
    /// as <c>Set-Cookie</c>, are masked, and so is every secret of the request in the others.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; internal init; } =
        ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>
    /// The body of the response as text on one line, its first 64 KiB: without control characters, and with every secret of the request
    /// masked, and every value that has the name of one in the response. It ends in … where it is cut. Null where it is empty, no text,
    /// longer than a mebibyte, or has more of these than are looked for.
    /// </summary>
    public string? Body { get; internal init; }

    /// <summary>The media type of the body, without parameters; null when none was given.</summary>
    public string? MediaType { get; internal init; }

    /// <summary>The response in one piece, by the names that a program reads of other HTTP failures.</summary>
    public RefusedResponse Response => new((HttpStatusCode)StatusCode, Headers, MediaType, Body);

    /// <summary>How long the server asks to wait (RFC 9110 section 10.2.3); null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What a refusal came with, bounded and masked.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="Headers">The headers: <see cref="OAuthServerException.Headers"/>.</param>
/// <param name="MediaType">The media type of the body, without parameters; null when none was given.</param>
/// <param name="Body">The body: <see cref="OAuthServerException.Body"/>.</param>
public sealed record RefusedResponse(
    HttpStatusCode StatusCode, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, string? MediaType, string? Body);

/// <summary>A vault is missing, locked, or does not do what it is asked.</summary>
public sealed class OAuthVaultException : OAuthException
{
    /// <summary>A failure of a vault. Neither text may hold a secret.</summary>
    public OAuthVaultException(OAuthErrorId id, string whatHappened, string recommendedAction)
        : base(id, whatHappened, recommendedAction)
    {
    }
}
