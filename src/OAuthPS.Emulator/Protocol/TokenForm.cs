using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Emulator;

/// <summary>What every token request in a form has to have (RFC 6749 section 3.2) before its grant is looked at.</summary>
internal static class TokenForm
{
    /// <summary>Reads the form and its <c>grant_type</c>, or says what is wrong with it.</summary>
    public static bool TryRead(
        HttpContext context,
        [NotNullWhen(true)] out RequestParameters? form,
        [NotNullWhen(true)] out string? grantType,
        [NotNullWhen(false)] out Answer? refusal)
    {
        form = RequestParameters.FromForm(context);
        grantType = form?["grant_type"];
        refusal = form is null ? OAuthError.InvalidRequest($"The content type must be {MediaType.Form}.")
            : form.Doubled is { } doubled ? OAuthError.Doubled(doubled)
            : grantType is null ? OAuthError.Missing("grant_type")
            : null;
        return refusal is null;
    }
}
