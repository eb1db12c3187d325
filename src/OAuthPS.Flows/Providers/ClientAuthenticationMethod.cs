namespace OAuthPS.Flows.Providers;

/// <summary>How a client proves to the token endpoint who it is.</summary>
public enum ClientAuthenticationMethod
{
    /// <summary>A public client: <c>client_id</c> alone (RFC 6749 section 3.2.1).</summary>
    None,

    /// <summary><c>client_secret_basic</c>: HTTP Basic (RFC 6749 section 2.3.1).</summary>
    Basic,

    /// <summary><c>client_secret_post</c>: in the form body (RFC 6749 section 2.3.1).</summary>
    Post,

    /// <summary><c>client_secret_jwt</c>: an assertion signed with the client secret (RFC 7523 section 2.2).</summary>
    SecretJwt,

    /// <summary><c>private_key_jwt</c>: an assertion signed with the client's private key (RFC 7523 section 2.2).</summary>
    PrivateKeyJwt,

    /// <summary>
    /// <c>tls_client_auth</c> or <c>self_signed_tls_client_auth</c>: by the certificate of the TLS connection (RFC 8705 section 2).
    /// </summary>
    Tls,

    /// <summary>In the query string, where logs and proxies see it. No specification allows it; Blynk documents it.</summary>
    Query,
}
