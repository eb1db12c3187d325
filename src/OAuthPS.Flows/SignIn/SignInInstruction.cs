namespace OAuthPS.Flows.SignIn;

/// <summary>What a person is to do to sign in: words for it, and the facts for a program that has better ones.</summary>
/// <param name="Step">What is asked of the person.</param>
/// <param name="Provider">The provider's name, as people know it.</param>
/// <param name="Address">The address to open.</param>
/// <param name="Message">The words, in lines.</param>
public sealed record SignInInstruction(SignInStep Step, string Provider, Uri Address, string Message)
{
    /// <summary>The code to enter there (RFC 8628 section 3.2, <c>user_code</c>); null where there is none.</summary>
    public string? UserCode { get; init; }

    /// <summary>The address that has the code in it (<c>verification_uri_complete</c>); null where there is none.</summary>
    public Uri? CompleteAddress { get; init; }

    /// <summary>How the address begins to which the browser goes at the end; null where nobody has to know.</summary>
    public string? RedirectUri { get; init; }

    internal static SignInInstruction OpenHere(string provider, Uri address) => new(
        SignInStep.OpenHere,
        provider,
        address,
        $"No browser opens here. Open this address in one on this machine to sign in to {provider}:\n\n{address.AbsoluteUri}\n");

    internal static SignInInstruction OpenAndPaste(string provider, Uri address, string redirectUri) => new(
        SignInStep.OpenAndPaste,
        provider,
        address,
        $"Open this address in a browser and sign in to {provider}:\n\n{address.AbsoluteUri}\n\n"
            + $"The browser then goes to an address that starts with {redirectUri}; it is fine when no page opens there. Copy that "
                + $"address.")
    {
        RedirectUri = redirectUri,
    };

    internal static SignInInstruction EnterCode(string provider, string address, string userCode, string? completeAddress) => new(
        SignInStep.EnterCode,
        provider,
        new Uri(address),
        $"To sign in to {provider}, open this address in a browser on any device:\n\n    {address}\n\nand enter the code\n\n    {userCode}"
            + (completeAddress is null ? "\n" : $"\n\nor straight to {completeAddress}\n"))
    {
        UserCode = userCode,
        CompleteAddress = completeAddress is null ? null : new Uri(completeAddress),
    };
}

/// <summary>What a sign-in asks of a person.</summary>
public enum SignInStep
{
    /// <summary>To open the address in a browser of this machine, where none opens by itself.</summary>
    OpenHere,

    /// <summary>To open the address in any browser, and to give back the address at which it ends.</summary>
    OpenAndPaste,

    /// <summary>To open the address on any device and to enter a code there (RFC 8628).</summary>
    EnterCode,
}
