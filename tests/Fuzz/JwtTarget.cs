using System.Text;
using OAuthPS.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Fuzz;

/// <summary>JWTs and keys: a line with the token, and after it the keys as JSON or PEM.</summary>
internal static class JwtTarget
{
    private static readonly string[] _times = ["exp", "iat", "nbf", "auth_time"];

    internal static void Read(byte[] input)
    {
        var (choice, rest) = Targets.Choose(input, 5);
        var lines = Encoding.UTF8.GetString(rest).Split('\n', 2);
        var (token, keys) = (new Secret(lines[0]), lines.Length > 1 ? lines[1] : "");
        switch (choice)
        {
            case 0:
                var read = JsonWebToken.Read(token);
                _ = (read.Algorithm, read.KeyId, read.Issuer, read.Subject, read.Audience, string.Join(' ', _times.Select(read.Time)));
                break;
            case 1:
                _ = JsonWebToken.ReadVerified(token, VerificationKeys.FromText(new Secret(keys)));
                break;
            case 2 or 4:
                var issuer = choice == 2 ? Targets.Issuer : $"{Targets.Issuer}/{{tenantid}}/v2.0";
                var expected = new IdTokenExpectation(issuer, "the-client", SigningAlgorithms.All, Nonce: null, new Secret("the-access-token"));
                _ = IdToken.CheckAsync(token, expected, KeysOf(keys), TimeProvider.System, NoFlowLog.Instance, CancellationToken.None).GetAwaiter().GetResult();
                break;
            default:
                var signed = new JwtAuthorizationExpectation(Targets.Issuer, "the-client", SigningAlgorithms.All);
                _ = JwtAuthorizationResponse.OpenAsync(token, signed, KeysOf(keys), TimeProvider.System, NoFlowLog.Instance, CancellationToken.None).GetAwaiter().GetResult();
                break;
        }
    }

    private static KeySet KeysOf(string keys) => KeySet.At(Targets.Answering(Encoding.UTF8.GetBytes(keys)), new Uri($"{Targets.Issuer}/keys"));
}
