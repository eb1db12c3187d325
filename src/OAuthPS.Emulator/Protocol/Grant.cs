namespace OAuthPS.Emulator;

/// <summary>
/// What somebody allowed a client to do. Its tokens hold on to it, so that ending the grant ends them all
/// (revocation, RFC 7009 section 2.1; a code used twice, RFC 6749 section 4.1.2).
/// </summary>
internal sealed class Grant(string clientId, string? user, string scope)
{
    private volatile bool ended;

    public string ClientId => clientId;

    /// <summary>The user who allowed it; null when the client acts for itself.</summary>
    public string? User => user;

    public string Scope => scope;

    public bool Ended => ended;

    public void End() => ended = true;
}
