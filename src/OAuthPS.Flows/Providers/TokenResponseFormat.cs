using System.Collections.ObjectModel;

namespace OAuthPS.Flows.Providers;

/// <summary>
/// Where a provider's token response has its token, and what it calls the members, where that is not as RFC 6749 section 5.1 has it.
/// </summary>
public sealed record TokenResponseFormat
{
    /// <summary>
    /// Where in the response the object with the token is: a JSON Pointer (RFC 6901), such as <c>/data</c>; null for the response itself.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The provider's names of members, each under the standard one. A member named here is read by that name alone.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init =>
        field = value is null ? null! : new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(value)); } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Further members that are no secret: a session shows them as text. All that are neither here nor known to be harmless are secrets.
    /// </summary>
    public IReadOnlyList<string> TextMembers { get; init => field = value is null ? null! : Array.AsReadOnly([.. value]); } = [];

    /// <summary>
    /// The server's name of the member that says where the APIs are which take the token, such as <c>instance_url</c>; null where there is
    /// none. Its origin takes the token, and relative addresses of calls are below it.
    /// </summary>
    public string? ApiUrlMember { get; init; }
}
