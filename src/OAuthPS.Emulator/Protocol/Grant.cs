namespace OAuthPS.Emulator;

/// <summary>
/// What somebody allowed a client to do. Its tokens hold on to it, so that ending the grant ends them all
/// (revocation, RFC 7009 section 2.1; a code used twice, RFC 6749 section 4.1.2).
/// </summary>
/// <param name="clientId">The client that it was given to.</param>
/// <param name="user">The user who allowed it; null when the client acts for itself.</param>
/// <param name="scope">What was allowed.</param>
internal sealed class Grant(string clientId, string? user, string scope)
{
    private volatile bool _ended;

    /// <summary>The client that it was given to.</summary>
    public string ClientId => clientId;

    /// <summary>The user who allowed it; null when the client acts for itself.</summary>
    public string? User => user;

    /// <summary>What was allowed.</summary>
    public string Scope => scope;

    /// <summary>True once it was revoked.</summary>
    public bool Ended => _ended;

    /// <summary>Revokes every token of the grant.</summary>
    public void End() => _ended = true;
}
