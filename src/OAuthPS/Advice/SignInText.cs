using OAuthPS.Flows.SignIn;

namespace OAuthPS.Advice;

/// <summary>What a sign-in asks of the person at the prompt, as a cmdlet says it.</summary>
internal static class SignInText
{
    internal static string Of(SignInInstruction instruction) => instruction.Step == SignInStep.OpenHere
        ? $"No browser opens here. Open this address in one on this machine to sign in to {instruction.Provider}, "
            + $"or start again with -NoBrowser for one elsewhere:\n\n{instruction.Address.AbsoluteUri}\n"
        : instruction.Message;
}
