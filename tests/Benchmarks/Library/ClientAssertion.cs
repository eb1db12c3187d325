using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Benchmarks.Library;

/// <summary>Minting a <c>client_secret_jwt</c>, beside no more than the HMAC and the base64url it cannot do without.</summary>
[MemoryDiagnoser]
public class ClientAssertion
{
    private static readonly Uri _endpoint = new("https://auth.example.com/token");
    private static readonly byte[] _key = Encoding.UTF8.GetBytes(Given.ClientSecret);
    private static readonly byte[] _header = """{"alg":"HS256","typ":"JWT"}"""u8.ToArray();

    private readonly ClientSecretJwt _authenticator = new(new OAuthClient(Given.ClientId, new Secret(Given.ClientSecret)), new Secret(Given.ClientSecret));
    private readonly byte[] _claims = Encoding.UTF8.GetBytes(Flows.ClientAuthentication.ClientAssertion.Claims(Given.ClientId, _endpoint.OriginalString, DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5)));

    [Benchmark(Baseline = true)]
    public string BareHmac()
    {
        var signed = $"{Encode(_header)}.{Encode(_claims)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>The whole of it: the claims with a new <c>jti</c>, the signature, and the two parameters in a request.</summary>
    [Benchmark]
    public object OAuthPS()
    {
        var request = new Flows.Messages.TokenRequest(_endpoint);
        _authenticator.Authenticate(request, new AssertionFor(request.Endpoint.OriginalString, Type: null), TimeProvider.System.GetUtcNow());
        return request;
    }
}
