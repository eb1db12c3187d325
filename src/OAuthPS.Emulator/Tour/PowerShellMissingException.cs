namespace OAuthPS.Emulator;

/// <summary>There is no PowerShell to run in.</summary>
/// <param name="message">Why, in one line.</param>
public sealed class PowerShellMissingException(string message) : Exception(message);
