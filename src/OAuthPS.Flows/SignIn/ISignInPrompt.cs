namespace OAuthPS.Flows.SignIn;

/// <summary>The person at the other end of a sign-in. Called from any thread.</summary>
public interface ISignInPrompt
{
    /// <summary>Whether a person may be there; false where it is known that nobody is, such as in a runbook.</summary>
    bool IsAttended => true;

    /// <summary>Tells the person what to do, such as which address to open.</summary>
    void Show(SignInInstruction instruction);

    /// <summary>Asks for a line of text and does not echo or record it: it may hold a code.</summary>
    /// <returns>What was typed or pasted; null when there is no person to ask.</returns>
    Task<string?> ReadAsync(string question, CancellationToken cancellationToken);

    /// <summary>Shows that the wait goes on; null when it has ended.</summary>
    void ShowProgress(string activity, TimeSpan? timeLeft);
}
