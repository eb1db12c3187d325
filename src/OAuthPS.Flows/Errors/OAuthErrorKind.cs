namespace OAuthPS.Flows;

/// <summary>What sort of failure an <see cref="OAuthException"/> reports, for callers that branch on it.</summary>
public enum OAuthErrorKind
{
    /// <summary>The caller's input is missing, contradictory or unsafe.</summary>
    InvalidArgument,

    /// <summary>The provider did not accept the client or the user.</summary>
    Authentication,

    /// <summary>The provider knows who asks and refuses all the same.</summary>
    Permission,

    /// <summary>The server could not be reached, or not safely.</summary>
    Connection,

    /// <summary>Nothing came back within the time allowed.</summary>
    Timeout,

    /// <summary>The server asks for fewer requests.</summary>
    LimitsExceeded,

    /// <summary>The server failed (HTTP 5xx).</summary>
    ServerFailure,

    /// <summary>The response cannot be used: not JSON, truncated, too large, or a member is missing.</summary>
    InvalidResponse,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>The session or the provider cannot do what was asked.</summary>
    NotSupported,
}
