using System.Net;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Server;

/// <summary>Whether a response refuses the client itself, and not what it asks for.</summary>
internal enum ClientRefusal
{
    /// <summary>It does not, or does so for a while (423, 429), or for good (403).</summary>
    None,

    /// <summary>It may: <c>invalid_request</c>, or 400 or 401 without a code of the protocol.</summary>
    Possible,

    /// <summary>It says so: <c>invalid_client</c> (RFC 6749 section 5.2).</summary>
    Certain,
}

/// <summary>Reads it from a response.</summary>
internal static class ClientRefusals
{
    internal static ClientRefusal Of(OAuthRequest request, HttpResponse response) =>
        response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            ? ClientRefusal.None
            : Of(ErrorResponse.Read(response, request.Secrets).Error);

    /// <summary>Whether the server has taken the client: it gave what was asked for, or looked further and found another fault.</summary>
    internal static bool IsTaken(OAuthRequest request, HttpResponse response)
    {
        if (!response.IsSuccess)
        {
            return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
                && Of(request, response) == ClientRefusal.None;
        }

        using var document = ResponseDocument.TryParse(response);
        return document is null || JsonWebSignature.Text(document.RootElement, "access_token") is not null
            || RefusalInSuccess.Find(response, request, document.RootElement) is null;
    }

    // What a server says in words of its own is about anything.
    private static ClientRefusal Of(string? error) => !Refusals.IsCode(error) ? ClientRefusal.Possible : Refusals.Standard(error!) switch
    {
        ErrorCodes.InvalidClient => ClientRefusal.Certain,
        ErrorCodes.InvalidRequest => ClientRefusal.Possible,
        _ => ClientRefusal.None,
    };

    /// <summary>Whether the server asks for HTTP Basic (RFC 9110 section 11.6.1).</summary>
    internal static bool AsksForBasic(HttpResponse response) =>
        response.Headers.TryGetValue("WWW-Authenticate", out var challenges)
        && challenges.Any(challenge => challenge.TrimStart().StartsWith("Basic", StringComparison.OrdinalIgnoreCase));
}
