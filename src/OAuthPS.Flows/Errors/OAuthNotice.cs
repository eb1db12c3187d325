using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <summary>
/// What a flow tells its caller besides its result. It has words of its own, and the facts for a program that has better ones.
/// </summary>
public sealed class OAuthNotice
{
    internal OAuthNotice(OAuthNoticeId id, string whatHappened, string? recommendedAction = null)
    {
        Id = id;
        WhatHappened = TerminalText.Escape(whatHappened);
        RecommendedAction = recommendedAction is null ? null : TerminalText.Escape(recommendedAction);
    }

    /// <summary>Which notice it is.</summary>
    public OAuthNoticeId Id { get; }

    /// <summary>What happened; it holds no secret.</summary>
    public string WhatHappened { get; }

    /// <summary>What to do; null where there is nothing to do.</summary>
    public string? RecommendedAction { get; }

    /// <summary>What happened, and what to do.</summary>
    public string Message => RecommendedAction is null ? WhatHappened : $"{WhatHappened} {RecommendedAction}";

    /// <summary>The name of the provider it is about; null where it is about none.</summary>
    public string? Provider { get; internal init; }

    /// <summary>What the caller gives that it is about.</summary>
    public IReadOnlyList<OAuthInput> Inputs { get; internal init; } = [];

    /// <summary>The name of the header that is missing; null where it is about none.</summary>
    public string? Header { get; internal init; }

    /// <summary>What the header means; null where it is about none.</summary>
    public string? HeaderMeaning { get; internal init; }

    /// <summary>The failure that was passed over; null where there is none.</summary>
    public OAuthException? Failure { get; internal init; }
}

/// <summary>Which notice an <see cref="OAuthNotice"/> is.</summary>
public enum OAuthNoticeId
{
    /// <summary>The client secret travels in the URL.</summary>
    SecretInUrl,

    /// <summary>The security best current practice advises against the flow (RFC 9700).</summary>
    FlowAdvisedAgainst,

    /// <summary>The provider ignores the scope, and it is not sent.</summary>
    ScopeNotSent,

    /// <summary>API calls of the provider need a header that the session does not have.</summary>
    HeaderNeeded,

    /// <summary>A request is sent again after a wait.</summary>
    TryingAgain,

    /// <summary>A response to a sign-in was not accepted, and the wait for the right one goes on.</summary>
    ResponseNotAccepted,

    /// <summary>The clock of this machine is not the server's.</summary>
    ClockApart,

    /// <summary>The provider's tokens live shorter than was asked for.</summary>
    TokenLivesShort,

    /// <summary>The token could not be renewed and is still good for a while.</summary>
    RenewalFailed,

    /// <summary>The token's type is one that no specification knows, and the token is used as a Bearer token.</summary>
    TokenTypeTaken,

    /// <summary>What a response says of a token's end cannot be read.</summary>
    TokenEndNotKnown,

    /// <summary>A refresh token ends, and a person has to sign in again.</summary>
    RefreshTokenEnds,

    /// <summary>The provider documents no revocation, and the token stays valid there.</summary>
    NotRevoked,

    /// <summary>
    /// The credential that a vendor's own client keeps is not looked for, since the address is another than the provider's.
    /// </summary>
    VendorCredentialNotSought,

    /// <summary>The server's metadata does not list the flow, which is tried since it was asked for by name.</summary>
    FlowNotListed,

    /// <summary>Members of the server's metadata cannot be read, and are passed over.</summary>
    MetadataPassedOver,

    /// <summary>A provider file of the user stands in the place of a service that is built in.</summary>
    ServiceReplaced,
}
