using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>Sign-ins on another device (RFC 8628), which go as the dialect says: nobody has to open the page.</summary>
internal sealed class RehearsedDevices(EmulatorContext emulator, Rehearsal rehearsal)
{
    private readonly ConcurrentDictionary<string, Waiting> _waiting = new();

    /// <summary>The device authorization endpoint.</summary>
    public Answer Authorize(HttpContext context)
    {
        if (RequestParameters.FromForm(context) is not { } form)
        {
            return Refuse("invalid_request", $"The content type must be {MediaType.Form}.");
        }

        if (RehearsedClient.Refuse(context, form, rehearsal.Provider) is { } refusal)
        {
            return rehearsal.Dialect.Refuse(refusal);
        }

        var (code, lifetime) = (SecretText.New(), rehearsal.Dialect.Lifetimes.DeviceCode);
        var grant = new Grant(DemoAccounts.RehearsalClientId, DemoAccounts.RehearsalUserName, form["scope"] ?? "");
        _waiting[SecretText.Digest(code)] = new Waiting(grant, emulator.Now.AddSeconds(lifetime), rehearsal.Dialect.Device.Pending);
        var request = context.Request;
        return rehearsal.Dialect.DeviceAuthorization.Fill(200, new Dictionary<string, JsonValue>
        {
            [Placeholders.DeviceCode] = JsonValue.Create(code),
            [Placeholders.UserCode] = JsonValue.Create("WDJB-MJHT"),
            [Placeholders.VerificationUri] = JsonValue.Create(
                $"{request.Scheme}://{request.Host}{rehearsal.Endpoints.PathBase}{RehearsedEndpoints.DevicePage}"),
            [Placeholders.ExpiresIn] = JsonValue.Create(lifetime),
            [Placeholders.Interval] = JsonValue.Create(rehearsal.Dialect.Device.Interval),
        });
    }

    /// <summary>The page of the address that the person is sent to.</summary>
    public Answer Show(HttpContext context) => SignInPage.Note(
        rehearsal.Provider.DisplayName, "There is nothing to type here: the dialect says how a sign-in on another device ends.");

    /// <summary>A poll with a device code.</summary>
    public Answer Poll(string code, Func<Grant, Answer> issue)
    {
        var digest = SecretText.Digest(code);
        if (!_waiting.TryGetValue(digest, out var waiting))
        {
            return Refuse("invalid_grant", "The device code is unknown or was used before.");
        }

        if (waiting.Expires <= emulator.Now)
        {
            return Refuse("expired_token", "The device code expired.");
        }

        if (waiting.IsPending())
        {
            return Refuse("authorization_pending", "The user has not decided yet.");
        }

        return !_waiting.TryRemove(digest, out _) ? Refuse("invalid_grant", "The device code was used before.")
            : rehearsal.Dialect.Device.Outcome is { } outcome ? Refuse(outcome, "The sign-in on the other device has ended.")
            : issue(waiting.Grant);
    }

    private Answer Refuse(string error, string description) => rehearsal.Dialect.Refuse(new(error, description));

    private sealed class Waiting(Grant grant, DateTimeOffset expires, int pending)
    {
        private int _pending = pending;

        public Grant Grant => grant;

        public DateTimeOffset Expires => expires;

        public bool IsPending() => Interlocked.Decrement(ref _pending) >= 0;
    }
}
