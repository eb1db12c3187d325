using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// What the server says of a refusal: as RFC 6749 section 5.2 has it (<c>error</c>, <c>error_description</c>), or in the server's own
/// dialect, as JSON, form-encoded, as XML, in its challenge (RFC 6750 section 3), as a text or on a page.
/// </summary>
internal sealed record ErrorResponse(string? Error, string? Description)
{
    private static readonly ErrorResponse _nothing = new(null, null) { Secrets = null };

    /// <summary>What must not show of the response; null where it has more secrets than are looked for.</summary>
    internal required IReadOnlyCollection<string>? Secrets { get; init; }

    /// <summary>Never fails: a body that is no error response gives one that says nothing.</summary>
    internal static ErrorResponse Read(HttpResponse response, IEnumerable<string> secrets)
    {
        List<string> known = [.. secrets];
        try
        {
            using var document = ErrorDocument.TryParse(response);
            if (document is not null)
            {
                if (ShownResponse.SecretsOf(document.RootElement) is not { } own)
                {
                    return _nothing;
                }

                known.AddRange(own);
            }

            var body = document is null ? default : ErrorWords.In(document.RootElement);
            var challenge = ErrorChallenge.In(response.Challenges);

            // A code of the specifications counts, wherever it stands.
            var error = !Refusals.IsCode(body.Code) && Refusals.IsCode(challenge.Error) ? challenge.Error : body.Code ?? challenge.Error;
            var description = body.Description ?? challenge.Description ?? ErrorDocument.PlainWords(response);
            return new ErrorResponse(Clean(error, known), Clean(description == error ? null : description, known)) { Secrets = known };
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is half a character.
            return _nothing;
        }
    }

    private static string? Clean(string? words, IReadOnlyCollection<string> secrets) =>
        words is null ? null : WireFormat.Clean(words, secrets);
}
