using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Sessions;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>A company's network: its own certificate authority, and a proxy that wants a password. Nothing leaves this machine.</summary>
public abstract class NetworkTest : VaultTest
{
    protected const string Password = "pr0xy pa55:wörd";
    protected const string Host = "api.example.com";

    private protected TestAuthority Authority { get; } = new();

    private protected RecordingLog Log { get; } = new();

    /// <summary>With connections of its own in each test.</summary>
    private protected HttpTransport Transport { get; } = new(new HttpMessageInvoker(HttpTransport.CreateHandler()), chance: new FixedChance());

    public override void Dispose()
    {
        Authority.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected TlsPeer Proxy(Func<string, string?>? documents = null) => new()
    {
        Certificate = Authority.Issue(Host),
        IsProxy = true,
        Password = $"ada:{Password}",
        Documents = documents ?? (_ => null),
    };

    private protected NetworkOptions Through(TlsPeer proxy) => new()
    {
        Proxy = proxy.Url,
        ProxyCredential = new ProxyCredential("ada", new Secret(Password)),
        CertificateAuthorities = [Authority.Whole],
    };

    private protected static OAuthProvider Lab(string serviceUrl = $"https://{Host}") => new()
    {
        Name = "Lab",
        ServiceUrl = new Uri(serviceUrl),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private protected static ConnectRequest At(string serviceUrl, NetworkOptions? network) =>
        new() { Provider = Lab(serviceUrl), Client = Given.Client, Network = network };
}
