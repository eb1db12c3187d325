using System.Text;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Fuzz;

/// <summary>Redirects and what a person pastes. "STATE" stands for the state of the request, which no fuzzer could guess.</summary>
internal static class RedirectTarget
{
    private static readonly OAuthProvider _provider = new() { Name = "Example", Issuer = Targets.Issuer };

    internal static void Read(byte[] input)
    {
        var (choice, rest) = Targets.Choose(input, 4);
        var inFragment = (choice & 1) != 0;
        var request = new AuthorizationRequest(new Uri($"{Targets.Issuer}/authorize"), inFragment ? "token" : "code", "the-client", "http://127.0.0.1:8400/");
        var pasted = Encoding.UTF8.GetString(rest).Replace("STATE", request.State, StringComparison.Ordinal);
        _ = new PastedResponse(request).Add(pasted);
        var prompt = new PastedResponse(request);
        _ = string.Concat(pasted.Split('\n').Select(prompt.Add));
        _ = ResponseState.FlawIn(pasted, request);
        _ = ResponseState.ErrorWithoutState(pasted, request);
        if (ResponsePlace.ParametersOf(pasted, inFragment ? ResponseMode.Fragment : ResponseMode.Query) is { } parameters)
        {
            var response = AuthorizationResponse.Check(AuthorizationResponse.Decode(parameters), request, _provider);
            _ = (choice & 2) != 0 ? response.RequireCode() : TokenResponse.Read(response, DateTimeOffset.UnixEpoch).AccessToken.Value;
        }
    }
}
