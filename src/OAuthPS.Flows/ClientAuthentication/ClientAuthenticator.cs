using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>A way in which a client proves who it is; each is a file beside this one.</summary>
internal abstract class ClientAuthenticator(OAuthClient client)
{
    internal abstract ClientAuthenticationMethod Method { get; }

    internal string ClientId => Client.Id;

    /// <summary>Whether the client's secret travels in the URL at a provider.</summary>
    internal bool IsSecretInUrl(OAuthProvider provider) =>
        Method == ClientAuthenticationMethod.Query
        || (Method == ClientAuthenticationMethod.Post && provider.TokenParameters is ParameterPlacement.Query or ParameterPlacement.Get);

    /// <summary>Tells clients apart without what they prove themselves with.</summary>
    internal string Fingerprint => Client.Fingerprint;

    protected OAuthClient Client { get; } = client;

    /// <summary>Adds the proof to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="assertion">How an assertion is written for the server.</param>
    /// <param name="now">The time by the server's clock, where that is known: it is the server that checks an assertion's times.</param>
    internal abstract void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now);

    /// <summary>Whether the client signs an assertion for each request.</summary>
    internal virtual bool SignsAssertion => false;

    /// <summary>Tells it from the other ways of the same client; a vault may have it.</summary>
    internal virtual string Name => Method.ToString();

    /// <summary>What it is, for a sentence.</summary>
    internal virtual string Words => Name;

    /// <summary>
    /// The other standard ways for a client with a secret, one of which is tried once where the server refuses this one; empty where the
    /// user or the provider's data state one.
    /// </summary>
    internal IReadOnlyList<ClientAuthenticator> Others { get; private init; } = [];

    /// <summary>The way that was asked for, or else the provider's best for what the client has.</summary>
    /// <exception cref="OAuthUsageException">The provider does not take it, or the client lacks what it needs.</exception>
    internal static ClientAuthenticator Create(
        OAuthProvider provider, OAuthFlow flow, OAuthClient client, ClientAuthenticationMethod? asked)
    {
        var isSettled = asked is not null || !provider.FindsClientAuthentication;

        // Who gives a key means to sign with it, also where the provider does not take that.
        asked ??= client is { Key: not null, ClientSecret: null } ? ClientAuthenticationMethod.PrivateKeyJwt : null;
        if (asked is { } wanted && !provider.ClientAuthentications.Contains(wanted))
        {
            throw Errors.ClientAuthenticationNotSupported(
                provider.Names, wanted.ToString(), provider.ClientAuthentications.Select(method => method.ToString()));
        }

        if ((asked ?? Best(provider, client)) is not { } chosen)
        {
            throw Errors.InputNeeded(provider.Names, flow.Name, "the client's secret besides its id", OAuthInput.ClientSecret);
        }

        if (!IsPossible(chosen, client))
        {
            throw chosen switch
            {
                ClientAuthenticationMethod.None =>
                    Errors.InputNeeded(
                        provider.Names, flow.Name, "a client without a secret for the client authentication None", OAuthInput.ClientId),
                ClientAuthenticationMethod.Tls =>
                    Errors.InputNeeded(
                        provider.Names,
                        flow.Name,
                        "the client's certificate for the client authentication Tls",
                        OAuthInput.ClientCertificate),
                ClientAuthenticationMethod.PrivateKeyJwt =>
                    Errors.InputNeeded(
                        provider.Names,
                        flow.Name,
                        "the client's private key for the client authentication PrivateKeyJwt",
                        OAuthInput.ClientKey),
                _ => Errors.InputNeeded(provider.Names, flow.Name, "the client's secret besides its id", OAuthInput.ClientSecret),
            };
        }

        return chosen switch
        {
            ClientAuthenticationMethod.None => new NoClientAuthentication(client),
            ClientAuthenticationMethod.Basic => new ClientSecretBasic(client, client.ClientSecret!, provider.BasicEncoding)
            {
                Others = isSettled ? [] : [.. OthersThanBasic(provider, client)],
            },
            ClientAuthenticationMethod.Post => new ClientSecretPost(client, client.ClientSecret!)
            {
                Others = isSettled || !provider.ClientAuthentications.Contains(ClientAuthenticationMethod.Basic)
                    ? []
                    : [new ClientSecretBasic(client, client.ClientSecret!, provider.BasicEncoding)],
            },
            ClientAuthenticationMethod.Query => new ClientSecretQuery(client, client.ClientSecret!),
            ClientAuthenticationMethod.SecretJwt => new ClientSecretJwt(client, client.ClientSecret!),
            ClientAuthenticationMethod.Tls => new TlsClientAuth(client),
            ClientAuthenticationMethod.PrivateKeyJwt => new PrivateKeyJwt(client, client.Key!, client.Key!.AlgorithmFor(provider)),
            _ => throw new ArgumentOutOfRangeException(nameof(asked)),
        };
    }

    // Where the parameters travel in the URL, a secret among them would too.
    private static IEnumerable<ClientAuthenticator> OthersThanBasic(OAuthProvider provider, OAuthClient client)
    {
        if (provider.ClientAuthentications.Contains(ClientAuthenticationMethod.Post)
            && provider.TokenParameters is ParameterPlacement.Body or ParameterPlacement.Json)
        {
            yield return new ClientSecretPost(client, client.ClientSecret!);
        }

        var other = provider.BasicEncoding == BasicEncoding.Plain ? BasicEncoding.FormEncoded : BasicEncoding.Plain;
        if (BasicHeader.IsPossible(client.Id, other)
            && !BasicHeader.Create(client.Id, client.ClientSecret!, other)
                .Equals(BasicHeader.Create(client.Id, client.ClientSecret!, provider.BasicEncoding)))
        {
            yield return new ClientSecretBasic(client, client.ClientSecret!, other);
        }
    }

    private static ClientAuthenticationMethod? Best(OAuthProvider provider, OAuthClient client)
    {
        ClientAuthenticationMethod? byCertificate = null;
        foreach (var method in provider.ClientAuthentications)
        {
            if (!IsPossible(method, client))
            {
                continue;
            }

            // A client that proves itself by its certificate is given no secret: with both, the certificate is there to bind tokens.
            if (method != ClientAuthenticationMethod.Tls || client.ClientSecret is null)
            {
                return method;
            }

            byCertificate = method;
        }

        return byCertificate;
    }

    private static bool IsPossible(ClientAuthenticationMethod method, OAuthClient client) => method switch
    {
        ClientAuthenticationMethod.PrivateKeyJwt => client.Key is not null,
        ClientAuthenticationMethod.Tls => client.Certificate is not null,
        ClientAuthenticationMethod.None => client.ClientSecret is null && client.Key is null,
        _ => client.ClientSecret is not null,
    };
}
