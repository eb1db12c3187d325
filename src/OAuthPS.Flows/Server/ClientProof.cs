using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Server;

/// <summary>What a request loses when it is sent twice.</summary>
internal enum Repetition
{
    /// <summary>A code or a refresh token that may be used up by the first.</summary>
    UsesUp,

    /// <summary>An attempt to sign in, of which a person has few.</summary>
    CountsAsAttempt,

    /// <summary>Nothing.</summary>
    Free,
}

/// <summary>
/// How a client proves itself at a server: as it was set up or, once the server has refused that, as the server was found to want it. RFC
/// 6749 section 2.3.1 has a server take HTTP Basic with id and secret form-encoded; real ones take the body alone, or Basic without the
/// encoding, and some know themselves by their token endpoint alone where an assertion should name the issuer.
/// </summary>
internal sealed class ClientProof(
    ClientAuthenticator authenticator, AssertionFor assertion, Uri tokenEndpoint, ClientRegistration registration)
{
    // The way that this one tries just now; others go on with what is known.
    private volatile Way? _tried;

    /// <summary>The proof of a client at a provider; null where it proves nothing.</summary>
    internal static ClientProof? Of(OAuthProvider provider, Uri serviceUrl, ClientAuthenticator? client, HttpTransport transport)
    {
        if (client is null)
        {
            return null;
        }

        var tokenEndpoint = TokenEndpointOf(provider, serviceUrl);
        return new ClientProof(
            client, AssertionFor.Of(provider, serviceUrl), tokenEndpoint, ClientRegistration.Of(transport, tokenEndpoint, client));
    }

    /// <summary>The same, at a server whose endpoints have moved.</summary>
    internal ClientProof At(OAuthProvider provider, Uri serviceUrl) =>
        new(authenticator, AssertionFor.Of(provider, serviceUrl), TokenEndpointOf(provider, serviceUrl), registration);

    private static Uri TokenEndpointOf(OAuthProvider provider, Uri serviceUrl) =>
        provider.TokenEndpoint is { } path ? OAuthProvider.At(serviceUrl, path) : serviceUrl;

    internal string ClientId => authenticator.ClientId;

    /// <summary>The way that is used now.</summary>
    internal ClientAuthenticator Authenticator => Current.Authenticator;

    /// <summary>The name of the way that was found, to be stored with a session; null for the first.</summary>
    internal string? Found => registration.Found;

    private Way First { get; } = new(authenticator, assertion);

    private Way Current => _tried ?? (registration.Found is { } found
        ? Others.FirstOrDefault(other => other.Name == found) ?? First
        : First);

    // What is stated is kept to; then there are none.
    private IEnumerable<Way> Others => First.Authenticator.SignsAssertion
        ? First.Assertion.Other is { } other ? [First with { Assertion = other }] : []
        : First.Authenticator.Others.Select(one => First with { Authenticator = one });

    /// <summary>Takes over what another process knows: that the server has taken the client, and how that was found.</summary>
    internal void Restore(string? found)
    {
        // What this process has seen itself is newer.
        if (found is not null && !registration.HasSucceeded)
        {
            registration.Keep(found);
        }

        registration.Succeed();
    }

    internal void AddTo(OAuthRequest request, DateTimeOffset now)
    {
        // An assertion for the token endpoint goes nowhere else than to its origin: who else gets it could use it there.
        var way = Current;
        var assertion = SecureUrl.IsSameOrigin(request.Endpoint, tokenEndpoint) ? way.Assertion : First.Assertion;
        way.Authenticator.Authenticate(request, assertion, now);
    }

    /// <summary>Sends a request, and once more with the other proof where the server refuses the client.</summary>
    /// <param name="send">Makes the request afresh, and sends it.</param>
    /// <param name="repetition">What a second request would cost.</param>
    /// <param name="log">Where to say what is tried.</param>
    internal async Task<(OAuthRequest Request, HttpResponse Response)> SendAsync(
        Func<Task<(OAuthRequest Request, HttpResponse Response)>> send, Repetition repetition, IFlowLog log)
    {
        var used = Current;
        var first = await send().ConfigureAwait(false);
        if (registration.HasSucceeded && first.Response.IsSuccess)
        {
            // Known already; a success is not read twice for it.
            return first;
        }

        if (ClientRefusals.IsTaken(first.Request, first.Response))
        {
            registration.Succeed();
            return first;
        }

        var refusal = ClientRefusals.Of(first.Request, first.Response);
        if (!MayRepeat(refusal, repetition))
        {
            return first;
        }

        if (Current != used)
        {
            // Another request has found it meanwhile.
            return await send().ConfigureAwait(false);
        }

        if (used != First && refusal == ClientRefusal.Certain)
        {
            // What was found once is no longer what the server wants.
            log.Verbose($"The server refuses the client by {used.Words} now; going back to {First.Words}.");
            registration.Forget();
            return await send().ConfigureAwait(false);
        }

        return used == First && Choose(first.Response) is { } other && registration.TryTake()
            ? await TryAsync(first, refusal, other, send, log).ConfigureAwait(false)
            : first;
    }

    // A server looks at the client before the grant (RFC 6749 sections 4.1.3 and 6), so an assertion that it refuses by name costs nothing.
    // A secret is sent once more only where nothing can be lost even so. A refusal that may be about something else is looked into only as
    // long as the server has never taken the client.
    private bool MayRepeat(ClientRefusal refusal, Repetition repetition) => refusal switch
    {
        ClientRefusal.Certain => First.Authenticator.SignsAssertion || repetition != Repetition.UsesUp,
        ClientRefusal.Possible =>
            !First.Authenticator.SignsAssertion && repetition == Repetition.Free && !registration.HasSucceeded,
        _ => false,
    };

    // A server that takes HTTP Basic says so, and then it is how id and secret are joined; else it may want them in the body.
    private Way? Choose(HttpResponse refused)
    {
        var others = Others.ToList();
        var staysBasic = ClientRefusals.AsksForBasic(refused);
        return others.FirstOrDefault(other => other.Authenticator is ClientSecretBasic == staysBasic) ?? others.FirstOrDefault();
    }

    private async Task<(OAuthRequest Request, HttpResponse Response)> TryAsync(
        (OAuthRequest Request, HttpResponse Response) first, ClientRefusal refusal, Way other,
        Func<Task<(OAuthRequest Request, HttpResponse Response)>> send, IFlowLog log)
    {
        log.Verbose($"The server refuses the client by {First.Words}; trying {other.Words} once.");
        _tried = other;
        try
        {
            var second = await send().ConfigureAwait(false);
            if (ClientRefusals.IsTaken(second.Request, second.Response))
            {
                registration.Keep(other.Name);
                registration.Succeed();
                log.Verbose(
                    $"The server takes the client by {other.Words}, which is used from now on; the provider file can state it.");
                return second;
            }

            // Where both are refused, the one that speaks of the client says more.
            return ClientRefusals.Of(second.Request, second.Response) is var again && (again == ClientRefusal.None || again > refusal)
                ? second
                : first;
        }
        catch (Exception)
        {
            registration.GiveBack();
            throw;
        }
        finally
        {
            _tried = null;
        }
    }

    /// <summary>A client authentication and what an assertion of it names.</summary>
    private sealed record Way(ClientAuthenticator Authenticator, AssertionFor Assertion)
    {
        private const string ForTokenEndpoint = "TokenEndpoint";

        internal string Name => Authenticator.SignsAssertion && Assertion.Other is null ? ForTokenEndpoint : Authenticator.Name;

        internal string Words => Authenticator.SignsAssertion ? $"an assertion for {Assertion.Audience}" : Authenticator.Words;
    }
}
