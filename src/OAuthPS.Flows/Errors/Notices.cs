using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <summary>Every notice of the library, in the tone of its errors: what happened, and what to do.</summary>
internal static class Notices
{
    internal static OAuthNotice SecretInUrl(ProviderNames provider) => new(
        OAuthNoticeId.SecretInUrl,
        "The client secret travels in the URL, where proxies and servers log it.",
        "Use the client authentication Basic instead.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.ClientAuthentication],
    };

    internal static OAuthNotice FlowAdvisedAgainst(ProviderNames provider, string why, IEnumerable<string> others) => new(
        OAuthNoticeId.FlowAdvisedAgainst,
        why,
        $"{provider.DisplayName} also offers {string.Join(", ", others)}.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.Flow],
    };

    internal static OAuthNotice FlowNotListed(ProviderNames provider, string flow) => new(
        OAuthNoticeId.FlowNotListed,
        $"{provider.DisplayName} does not list the flow {flow}; it is tried because it was asked for by name.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.Flow],
    };

    /// <param name="issuer">The issuer.</param>
    /// <param name="members">The members, by name.</param>
    internal static OAuthNotice MetadataPassedOver(string issuer, IEnumerable<string> members) => new(
        OAuthNoticeId.MetadataPassedOver,
        $"In the metadata of {WireFormat.Clean(issuer, [])} these members cannot be read and are passed over: "
            + $"{string.Join(", ", members)}.");

    internal static OAuthNotice ServiceReplaced(ProviderNames provider, string path) => new(
        OAuthNoticeId.ServiceReplaced,
        $"{provider.DisplayName} is as your file {ShownInput.Path(path)} describes it, and not as the service that is built in.",
        "Delete the file if it is not yours.")
    {
        Provider = provider.Name,
    };

    internal static OAuthNotice ScopeNotSent(ProviderNames provider) =>
        new(OAuthNoticeId.ScopeNotSent, $"{provider.DisplayName} ignores the scope; it is not sent.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.Scope],
    };

    internal static OAuthNotice HeaderNeeded(ProviderNames provider, string header, string meaning) => new(
        OAuthNoticeId.HeaderNeeded,
        $"API calls of {provider.DisplayName} need the header {header} ({meaning}).")
    {
        Provider = provider.Name,
        Header = header,
        HeaderMeaning = meaning,
    };

    internal static OAuthNotice TryingAgain(string purpose, int status, TimeSpan wait) => new(
        OAuthNoticeId.TryingAgain,
        $"The {purpose} was answered {status}; trying again in {wait.TotalSeconds:0.#} s.");

    internal static OAuthNotice TryingAgain(OAuthException failure, TimeSpan wait) => new(
        OAuthNoticeId.TryingAgain,
        $"{failure.WhatHappened} Trying again in {wait.TotalSeconds:0.#} s.");

    internal static OAuthNotice ResponseNotAccepted(string refusal) => new(
        OAuthNoticeId.ResponseNotAccepted,
        $"A response to the sign-in was not accepted: {refusal} Still waiting for the one to this sign-in.");

    internal static OAuthNotice PastedNotAccepted(OAuthException refused, string redirectUri) => new(
        OAuthNoticeId.ResponseNotAccepted,
        refused.WhatHappened,
        $"Paste the whole address at which the browser has ended: it starts with {redirectUri}.");

    internal static OAuthNotice ApiAsksToWait(int status, TimeSpan wait) => new(
        OAuthNoticeId.TryingAgain,
        $"The API asks to wait {wait.TotalSeconds:0.#} s before the next try ({status}).");

    /// <param name="purpose">The request that is signed again.</param>
    /// <param name="apart">How far the server's clock is ahead of this machine's.</param>
    internal static OAuthNotice ClockApart(string purpose, TimeSpan apart) => new(
        OAuthNoticeId.ClockApart,
        $"This machine's clock is {Math.Abs(apart.TotalSeconds):0} s {(apart > TimeSpan.Zero ? "behind" : "ahead of")} the server's. "
            + $"Signing the {purpose} again by the server's clock; set this machine's.");

    internal static OAuthNotice TokenLivesShort(DateTimeOffset? expiresAt) => new(
        OAuthNoticeId.TokenLivesShort,
        $"The provider's tokens live shorter than asked for: this one until {expiresAt:u}.");

    internal static OAuthNotice RenewalFailed(OAuthException failure, DateTimeOffset? expiresAt) => new(
        OAuthNoticeId.RenewalFailed,
        $"The token could not be renewed and is used until {expiresAt:u}. {failure.WhatHappened}",
        failure.RecommendedAction)
    {
        Failure = failure,
    };

    internal static OAuthNotice TokenTypeTaken(string type) => new(
        OAuthNoticeId.TokenTypeTaken,
        $"The server gives its tokens the type '{type}', which no specification knows; they are used as Bearer tokens.");

    internal static OAuthNotice TokenEndNotKnown(string source, string member) => new(
        OAuthNoticeId.TokenEndNotKnown,
        $"In {source} '{member}' is no time, so it is not known when the token ends.");

    internal static OAuthNotice RefreshTokenEnds(string session, DateTimeOffset end, bool hasEnded) => new(
        OAuthNoticeId.RefreshTokenEnds,
        $"The refresh token of the session '{session}' {(hasEnded ? "has ended" : "ends")} on {end:u}.",
        $"Connect again {(hasEnded ? "to renew the session" : "before that")}.");

    internal static OAuthNotice NotRevoked(ProviderNames provider, DateTimeOffset? expiresAt) => new(
        OAuthNoticeId.NotRevoked,
        $"{provider.DisplayName} documents no revocation: the token is forgotten here, and stays valid "
            + $"there{(expiresAt is { } end ? $" until {end:u}" : "")}.")
    {
        Provider = provider.Name,
    };

    internal static OAuthNotice VendorCredentialNotSought(ProviderNames provider) => new(
        OAuthNoticeId.VendorCredentialNotSought,
        $"The credential that {provider.DisplayName}'s own client keeps is not looked for: the address given is another than the "
            + $"provider's.",
        "It is sent there only when it is asked for.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.VendorCredential, OAuthInput.ServiceUrl],
    };
}
