using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.SignIn;

/// <summary>
/// A sign-in in a browser: the person is sent to the authorization endpoint, and the response comes back by the loopback
/// listener, or is pasted. What is asked for and how the response reads is the flow's.
/// </summary>
internal abstract class BrowserSignIn<T>(SignInContext context)
    where T : class
{
    private protected SignInContext Context { get; } = context;

    private const int TimesAgain = 3;

    private AuthorizationServer Server => Context.Server;

    private OAuthProvider Provider => Server.Provider;

    private protected abstract AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri);

    /// <summary>What the parameters of a response bring, once checked.</summary>
    private protected abstract T Read(Dictionary<string, string> parameters, AuthorizationRequest sent);

    /// <summary>What a person may paste that is not an address; null when it must be one.</summary>
    private protected virtual T? ReadBare(string pasted, AuthorizationRequest sent) => null;

    /// <summary>
    /// Where the response stands unless it is asked for elsewhere; in the fragment only a script in the page can see it.
    /// </summary>
    private protected virtual ResponseMode DefaultResponseMode => ResponseMode.Query;

    private RedirectReceiver? _receiver;

    internal async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        var options = Context.Options;
        var redirectUri = CheckedRedirectUri();
        using var timer = new CancellationTokenSource(options.Timeout, Server.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            if (options.NoBrowser || (redirectUri is not null && !LoopbackListener.CanServe(redirectUri)))
            {
                return await PasteAsync(Create(redirectUri ?? "http://127.0.0.1/"), options, either.Token).ConfigureAwait(false);
            }

            using var listener = LoopbackListener.Start(redirectUri, Server.Clock);
            return await ListenAsync(Create(listener.RedirectUri), listener, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Errors.SignInTimedOut(options.Timeout, _receiver?.Refusal);
        }
    }

    private AuthorizationRequest Create(string redirectUri)
    {
        var request = CreateRequest(OAuthProvider.At(Server.ServiceUrl, Provider.AuthorizationEndpoint!), Context.Client.Id, redirectUri);
        Context.Access.AddTo(request.Parameters, Provider);
        if (AsksForSignature)
        {
            request.Parameters.Add(ParameterNames.ResponseMode, "jwt");
        }

        request.Parameters.AddAdditional(Context.AdditionalParameters);
        return request;
    }

    /// <summary>What would be sent before the person signs in, and where the person would be sent, as it may be shown.</summary>
    internal IEnumerable<string> Preview()
    {
        var sent = Create(CheckedRedirectUri() ?? "http://127.0.0.1/");
        if (Provider.PushedAuthorizationRequestEndpoint is not { } path)
        {
            return [$"In a browser: {ShownUrl.Of(sent.Endpoint)}?{Signed(sent, Server.Now)}"];
        }

        return
        [
            Server.CreatePushedRequest(path, now => Signed(sent, now)).ToString(),
            $"In a browser: {ShownUrl.Of(sent.Endpoint)}?{ParameterNames.ClientId}={Context.Client.Id}"
                + $"&{ParameterNames.RequestUri}={Secret.Mask}",
        ];
    }

    // RFC 6749 section 3.1.2. A path is an absolute URI of a file to .NET on Unix.
    private string? CheckedRedirectUri() => Context.Options.RedirectUri is { } given
        && (!Uri.TryCreate(given, UriKind.Absolute, out var parsed) || parsed.Fragment.Length > 0 || given.StartsWith('/'))
        ? throw Errors.InvalidRedirectUri()
        : Context.Options.RedirectUri;

    private RequestParameters Signed(AuthorizationRequest sent, DateTimeOffset now) =>
        Context.Options.SignedRequest ?? Provider.RequiresSignedRequestObject
        ? SignedRequestObject.Sign(sent.Parameters, Context.Client, Provider, Server.ServiceUrl, now)
        : sent.Parameters;

    private bool AsksForSignature => Context.Options.SignedResponse ?? Provider.SignsAuthorizationResponse;

    private async Task<T> ReadAsync(string encoded, AuthorizationRequest sent, CancellationToken cancellationToken)
    {
        var parameters = AuthorizationResponse.Decode(encoded);
        if (AsksForSignature)
        {
            // A response that is not signed may be anybody's: not even its error is believed.
            parameters = parameters.TryGetValue(ParameterNames.Response, out var response)
                ? await Server.OpenAuthorizationResponseAsync(new Secret(response), Context.Log, cancellationToken).ConfigureAwait(false)
                : throw NotSigned();
        }

        return Read(parameters, sent);
    }

    private async Task<Uri> AddressAsync(AuthorizationRequest sent, CancellationToken cancellationToken) => sent.UrlWith(
        Provider.PushedAuthorizationRequestEndpoint is { } path
            ? await Server.PushAsync(path, now => Signed(sent, now), Context.Log, cancellationToken).ConfigureAwait(false)
            : Signed(sent, Server.Now));

    private async Task<T> ListenAsync(
        AuthorizationRequest sent, LoopbackListener listener, SignInOptions options, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(sent, cancellationToken).ConfigureAwait(false);
        T? result = null;
        OAuthException? failure = null;
        var asked = ResponsePlace.Asked(sent, DefaultResponseMode);
        var receiver = _receiver = new RedirectReceiver(listener, sent, asked, Provider.DisplayName, options.Program, Context.Log);
        var serving = listener.ServeAsync(received => receiver.ReplyAsync(received, TakeAsync), cancellationToken);
        if (await OpenBrowserAsync(address, options, cancellationToken).ConfigureAwait(false))
        {
            Context.Log.Verbose(
                $"Opened the browser at {ShownUrl.Of(address)}; waiting at {listener.Address.GetLeftPart(UriPartial.Path)}.");
        }
        else if (!Context.Prompt.IsAttended)
        {
            // Else a runbook would wait out the whole time for nobody.
            throw Errors.SignInNeeded(Context.Flow);
        }
        else
        {
            Context.Prompt.Show(SignInInstruction.OpenHere(Provider.DisplayName, address));
        }

        await SignInProgress.ShowWhileAsync(
            serving,
            $"Waiting for you to sign in to {Provider.DisplayName}",
            options.Timeout,
            Context.Prompt,
            Server.Clock).ConfigureAwait(false);
        return failure is null ? result! : throw failure;

        async Task TakeAsync(string response, ResponseMode place)
        {
            try
            {
                var parameters = ResponsePlace.Standing(response, place, asked) ?? throw NoResponse();
                result = await ReadAsync(parameters, sent, cancellationToken).ConfigureAwait(false);
            }
            catch (OAuthException refused)
            {
                failure = refused;
                throw;
            }
        }
    }

    private Task<bool> OpenBrowserAsync(Uri url, SignInOptions options, CancellationToken cancellationToken) =>
        options.OpenBrowser is { } open ? open(url, cancellationToken) : Browser.OpenAsync(url, Server.Clock, cancellationToken);

    private async Task<T> PasteAsync(AuthorizationRequest sent, SignInOptions options, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(sent, cancellationToken).ConfigureAwait(false);
        Context.Prompt.Show(SignInInstruction.OpenAndPaste(Provider.DisplayName, address, sent.RedirectUri.Split('?')[0]));
        if (!options.NoBrowser)
        {
            await OpenBrowserAsync(address, options, cancellationToken).ConfigureAwait(false);
        }

        var pasted = new PastedResponse(sent);
        OAuthProtocolException? refused = null;
        for (var again = TimesAgain; ; again--)
        {
            var text = await Context.Prompt.ReadAsync("Paste the address", cancellationToken).ConfigureAwait(false)
                ?? throw (refused as OAuthException ?? Errors.SignInNeeded(Context.Flow));
            try
            {
                return await TakePastedAsync(pasted.Add(text), sent, cancellationToken).ConfigureAwait(false);
            }
            catch (OAuthProtocolException flawed) when (again > 0 && flawed.Id == OAuthErrorId.AuthorizationResponseInvalid)
            {
                // Nothing of it was used, so the right one may still come.
                refused = flawed;
                Context.Log.Warning(Notices.PastedNotAccepted(flawed, sent.RedirectUri.Split('?')[0]));
            }
        }
    }

    private async Task<T> TakePastedAsync(string pasted, AuthorizationRequest sent, CancellationToken cancellationToken)
    {
        if (ResponsePlace.ParametersOf(pasted, ResponsePlace.Asked(sent, DefaultResponseMode)) is { } parameters)
        {
            return ResponseState.ErrorWithoutState(parameters, sent) is { } error
                ? throw Errors.AuthorizationResponse($"has no state (it says: {error})")
                : await ReadAsync(parameters, sent, cancellationToken).ConfigureAwait(false);
        }

        return ReadBare(pasted, sent) is not { } bare ? throw NoResponse()
            : AsksForSignature ? throw NotSigned()
            : bare;
    }

    private static OAuthProtocolException NoResponse() => Errors.AuthorizationResponse("is not an address with a response in it");

    private static OAuthProtocolException NotSigned() =>
        Errors.AuthorizationResponse("is not signed, though a signed response was asked for");
}
