using System.Text.Json;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Tests.Protocol;

public class JwkThumbprintTests
{
    // RFC 7638 section 3.1.
    private const string Rsa = """
        {
          "kty": "RSA",
          "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
          "e": "AQAB",
          "alg": "RS256",
          "kid": "2011-04-29"
        }
        """;

    // The key of RFC 9449 section 4.1, figure 2, and its thumbprint in section 6.1.
    private const string Elliptic = """
        {"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}
        """;

    [Theory]
    [InlineData(Rsa, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")]
    [InlineData(Elliptic, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")]
    public void The_examples_of_the_specifications(string jwk, string thumbprint) =>
        Assert.Equal(thumbprint, JwkThumbprint.Compute(JsonDocument.Parse(jwk).RootElement));

    [Theory]
    [InlineData("""{"kty":"none"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA"}""")]
    [InlineData("""{"kty":"RSA","e":7,"n":"AA"}""")]
    [InlineData("{}")]
    public void A_key_that_lacks_something_has_none(string jwk) =>
        Assert.Throws<ArgumentException>(() => JwkThumbprint.Compute(JsonDocument.Parse(jwk).RootElement));
}
