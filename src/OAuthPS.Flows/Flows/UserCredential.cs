using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Flows;

/// <summary>A person's name and password at the provider.</summary>
public sealed record UserCredential : FlowInput
{
    /// <summary>A name and its password.</summary>
    /// <exception cref="OAuthUsageException">One of them is empty.</exception>
    public UserCredential(string userName, Secret password)
    {
        ArgumentNullException.ThrowIfNull(password);
        UserName = string.IsNullOrWhiteSpace(userName) ? throw Errors.EmptyCredential("user name") : userName;
        Password = password.IsEmpty ? throw Errors.EmptyCredential("password") : password;
    }

    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.UserCredential;

    /// <summary>The name, often an e-mail address.</summary>
    public string UserName { get; }

    /// <summary>The password.</summary>
    public Secret Password { get; }

    /// <summary>The name.</summary>
    public override string ToString() => UserName;
}
