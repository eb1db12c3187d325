using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>
/// A sign-in in a browser: the person is sent to the authorization endpoint, and the answer comes back by the loopback
/// listener, or is pasted. What is asked for and how the answer reads is the flow's.
/// </summary>
internal abstract class BrowserSignIn<T>(ConnectRequest request, TokenEndpoint endpoint, ISignInPrompt prompt, IFlowLog log)
    where T : class
{
    protected ConnectRequest Request { get; } = request;

    private protected TokenEndpoint Endpoint { get; } = endpoint;

    private protected abstract OAuthFlow Flow { get; }

    protected OAuthProvider Provider => Request.Provider;

    private protected abstract AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri);

    /// <summary>What the parameters of an answer bring, once checked.</summary>
    private protected abstract T Read(Dictionary<string, string> parameters, AuthorizationRequest sent);

    /// <summary>What a person may paste that is not an address; null when it must be one.</summary>
    private protected virtual T? ReadBare(string pasted, AuthorizationRequest sent) => null;

    /// <summary>Whether the answer comes in the fragment unless asked for elsewhere; only a script in the page can see it there.</summary>
    private protected virtual bool AnswersInFragment => false;

    private RedirectReceiver? _receiver;

    internal async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        var options = Request.SignIn;
        var redirectUri = CheckedRedirectUri();
        using var timer = new CancellationTokenSource(options.Timeout, Endpoint.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            if (options.NoBrowser || (redirectUri is not null && !LoopbackListener.CanServe(redirectUri)))
            {
                return await PasteAsync(Create(redirectUri ?? "http://127.0.0.1/"), options, either.Token).ConfigureAwait(false);
            }

            using var listener = LoopbackListener.Start(redirectUri, Endpoint.Clock);
            return await ListenAsync(Create(listener.RedirectUri), listener, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Errors.SignInTimedOut(options.Timeout, _receiver?.Refusal);
        }
    }

    private AuthorizationRequest Create(string redirectUri)
    {
        var request = CreateRequest(OAuthProvider.At(Endpoint.ServiceUrl, Provider.AuthorizationEndpoint!), Request.Client!.Id, redirectUri);
        Request.Access.AddTo(request.Parameters, Provider);
        if (AsksForSignature)
        {
            request.Parameters.Add(ParameterNames.ResponseMode, "jwt");
        }

        request.Parameters.AddAdditional(Request.AdditionalParameters);
        return request;
    }

    /// <summary>What would be sent before the person signs in, and where the person would be sent, as it may be shown.</summary>
    internal IEnumerable<string> Preview()
    {
        var sent = Create(CheckedRedirectUri() ?? "http://127.0.0.1/");
        if (Provider.PushedAuthorizationRequestEndpoint is not { } path)
        {
            return [$"In a browser: {SecureUrl.Show(sent.Endpoint)}?{Signed(sent, Endpoint.ServerTime)}"];
        }

        return
        [
            Endpoint.CreatePushedRequest(path, now => Signed(sent, now)).ToString(),
            $"In a browser: {SecureUrl.Show(sent.Endpoint)}?{ParameterNames.ClientId}={Request.Client!.Id}&{ParameterNames.RequestUri}={Secret.Mask}",
        ];
    }

    // RFC 6749 section 3.1.2. A path is an absolute URI of a file to .NET on Unix.
    private string? CheckedRedirectUri() => Request.SignIn.RedirectUri is { } given
        && (!Uri.TryCreate(given, UriKind.Absolute, out var parsed) || parsed.Fragment.Length > 0 || given.StartsWith('/'))
        ? throw Errors.InvalidRedirectUri()
        : Request.SignIn.RedirectUri;

    private RequestParameters Signed(AuthorizationRequest sent, DateTimeOffset now) => Request.SignIn.SignedRequest ?? Provider.RequiresSignedRequestObject
        ? SignedRequestObject.Sign(sent.Parameters, Request.Client!, Provider, Endpoint.ServiceUrl, now)
        : sent.Parameters;

    private bool AsksForSignature => Request.SignIn.SignedResponse ?? Provider.SignsAuthorizationResponse;

    private async Task<T> ReadAsync(string encoded, AuthorizationRequest sent, CancellationToken cancellationToken)
    {
        var parameters = AuthorizationResponse.Decode(encoded);
        if (AsksForSignature)
        {
            // An answer that is not signed may be anybody's: not even its error is believed.
            parameters = parameters.TryGetValue(ParameterNames.Response, out var response)
                ? await Endpoint.OpenAuthorizationResponseAsync(new Secret(response), log, cancellationToken).ConfigureAwait(false)
                : throw NotSigned();
        }

        return Read(parameters, sent);
    }

    private async Task<Uri> AddressAsync(AuthorizationRequest sent, CancellationToken cancellationToken) => sent.UrlWith(
        Provider.PushedAuthorizationRequestEndpoint is { } path
            ? await Endpoint.PushAsync(path, now => Signed(sent, now), log, cancellationToken).ConfigureAwait(false)
            : Signed(sent, Endpoint.ServerTime));

    private async Task<T> ListenAsync(AuthorizationRequest sent, LoopbackListener listener, SignInOptions options, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(sent, cancellationToken).ConfigureAwait(false);
        T? result = null;
        OAuthException? failure = null;
        var inFragment = AnswerPlace.IsFragment(sent, AnswersInFragment);
        var receiver = _receiver = new RedirectReceiver(listener, sent, inFragment, Provider.DisplayName, log);
        var serving = listener.ServeAsync(received => receiver.ReplyAsync(received, TakeAsync), cancellationToken);
        if (await OpenBrowserAsync(address, options, cancellationToken).ConfigureAwait(false))
        {
            log.Verbose($"Opened the browser at {SecureUrl.Show(address)}; waiting at {listener.Address.GetLeftPart(UriPartial.Path)}.");
        }
        else if (!prompt.IsAttended)
        {
            // Else a runbook would wait out the whole time for nobody.
            throw Errors.SignInNeeded(Flow);
        }
        else
        {
            prompt.Show($"No browser opens here. Open this address in one on this machine to sign in to {Provider.DisplayName}, or start again with -NoBrowser for one elsewhere:\n\n{address.AbsoluteUri}\n");
        }

        await SignInProgress.ShowWhileAsync(serving, $"Waiting for you to sign in to {Provider.DisplayName}", options.Timeout, prompt, Endpoint.Clock).ConfigureAwait(false);
        return failure is null ? result! : throw failure;

        async Task TakeAsync(string answer)
        {
            try
            {
                var parameters = AnswerPlace.ParametersOf(answer, inFragment) ?? throw NoAnswer();
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
        options.OpenBrowser is { } open ? open(url, cancellationToken) : Browser.OpenAsync(url, Endpoint.Clock, cancellationToken);

    private async Task<T> PasteAsync(AuthorizationRequest sent, SignInOptions options, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(sent, cancellationToken).ConfigureAwait(false);
        prompt.Show($"Open this address in a browser and sign in to {Provider.DisplayName}:\n\n{address.AbsoluteUri}\n\n"
            + $"The browser then goes to an address that starts with {sent.RedirectUri.Split('?')[0]}; it is fine when no page opens there. Copy that address.");
        if (!options.NoBrowser)
        {
            await OpenBrowserAsync(address, options, cancellationToken).ConfigureAwait(false);
        }

        var pasted = (await prompt.ReadAsync("Paste the address", cancellationToken).ConfigureAwait(false))?.Trim() ?? throw Errors.SignInNeeded(Flow);
        return AnswerPlace.ParametersOf(pasted, AnswerPlace.IsFragment(sent, AnswersInFragment)) is { } parameters
            ? await ReadAsync(parameters, sent, cancellationToken).ConfigureAwait(false)
            : ReadBare(pasted, sent) is not { } bare ? throw NoAnswer()
            : AsksForSignature ? throw NotSigned()
            : bare;
    }

    private static OAuthProtocolException NoAnswer() => Errors.AuthorizationAnswer("is not an address with an answer in it");

    private static OAuthProtocolException NotSigned() => Errors.AuthorizationAnswer("is not signed, though a signed answer was asked for");
}
