using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>A person's name and password at the provider.</summary>
public sealed class UserCredential
{
    /// <summary>A name and its password.</summary>
    /// <exception cref="OAuthUsageException">One of them is empty.</exception>
    public UserCredential(string userName, Secret password)
    {
        ArgumentNullException.ThrowIfNull(password);
        UserName = string.IsNullOrWhiteSpace(userName) ? throw Errors.EmptyCredential("user name") : userName;
        Password = password.IsEmpty ? throw Errors.EmptyCredential("password") : password;
    }

    /// <summary>The name, often an e-mail address.</summary>
    public string UserName { get; }

    /// <summary>The password.</summary>
    public Secret Password { get; }

    /// <summary>The name.</summary>
    public override string ToString() => UserName;
}
