using System.Management.Automation;
using System.Reflection;
using System.Security;
using OAuthPS.Flows.Sessions;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>
/// A session as the cmdlets return it: what the server has said besides the token is properties by the server's own names, and the ID
/// token is a SecureString.
/// </summary>
public static class SessionView
{
    private static readonly MethodInfo _getMembers = typeof(SessionView).GetMethod(nameof(GetMembers))!;
    private static readonly MethodInfo _getIdToken = typeof(SessionView).GetMethod(nameof(GetIdToken))!;

    /// <summary>The members as they are now; PowerShell calls it for the property <c>Members</c>.</summary>
    /// <param name="instance">The session.</param>
    /// <returns>
    /// An object with a property for each: text where that is harmless, a SecureString else. A dictionary where two names differ in their
    /// case alone.
    /// </returns>
    public static object? GetMembers(PSObject instance) => instance?.BaseObject is OAuthSession session ? Members(session) : null;

    /// <summary>The last ID token; PowerShell calls it for the property <c>IdToken</c>.</summary>
    /// <param name="instance">The session.</param>
    /// <returns>The token; null where the server gave none.</returns>
    public static SecureString? GetIdToken(PSObject instance) =>
        instance?.BaseObject is OAuthSession session ? session.IdToken?.ToSecureString() : null;

    internal static PSObject Of(OAuthSession session)
    {
        var view = PSObject.AsPSObject(session);

        // PowerShell remembers them with the session.
        if (view.Members["Members"] is not PSCodeProperty)
        {
            view.Properties.Add(new PSCodeProperty("Members", _getMembers));
            view.Properties.Add(new PSCodeProperty("IdToken", _getIdToken));
        }

        return view;
    }

    private static object Members(OAuthSession session) =>
        JsonBag.From(
            [.. session.Members.Select(member => (member.Key, (object?)member.Value.Text ?? member.Value.Value.ToSecureString()))]);
}
