using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Parameters;
using OAuthPS.Values;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Shows what a JWT says, and verifies it where it is told with what.</summary>
[Cmdlet(VerbsData.ConvertFrom, "OAuthJwt", DefaultParameterSetName = ReadSet)]
[OutputType(typeof(OAuthJwt))]
public sealed class ConvertFromOAuthJwtCommand : TokenCmdlet
{
    private const string ReadSet = "Read";
    private const string IssuerSet = "Issuer";
    private const string KeySet = "Key";
    private const string SecretSet = "Secret";

    /// <summary>
    /// Verifies the signature: with what <c>-Issuer</c>, <c>-Key</c> or <c>-Secret</c> names, which imply it, else with the keys of
    /// the session's issuer. Times are shown and not judged; <c>Test-OAuthToken</c> does that.
    /// </summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>
    /// The issuer, exactly as the server names itself: the token must name it, and be signed with a key that it publishes.
    /// </summary>
    [Parameter(ParameterSetName = IssuerSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Issuer { get; set; }

    /// <summary>
    /// The key: the path or text of a JWK, a set of them, or of public keys or certificates as PEM; a certificate, an RSA or ECDsa key.
    /// </summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true)]
    [KeySourceTransformation]
    public KeySource? Key { get; set; }

    /// <summary>The shared secret, for HS256, HS384 and HS512.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [ValidateNotNull]
    [SecureStringConversion]
    public SecureString? Secret { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => OrReport(() => WriteObject(new OAuthJwt(Read())), Token);

    private JsonWebToken Read()
    {
        var network = NetworkWhere(ParameterSetName == IssuerSet, "-Issuer");
        var token = RequireToken();
        return ParameterSetName switch
        {
            IssuerSet => ReadVerified(token, Issuer!, network),
            KeySet => JsonWebToken.ReadVerified(token, ReadKeys()),
            SecretSet => JsonWebToken.ReadVerified(token, VerificationKeys.FromSecret(Secret!.ToSecret())),
            _ => Verify ? ReadVerified(token, RequireIssuer(), FindSession(OfToken)?.Network) : JsonWebToken.Read(token),
        };
    }

    private JsonWebToken ReadVerified(Secret token, string issuer, NetworkOptions? network)
    {
        var transport = HttpTransport.Shared.For(network);
        return Await((log, cancellationToken) => IssuedToken.ReadAsync(token, issuer, transport, log, cancellationToken));
    }

    private VerificationKeys ReadKeys() => Key!.Value switch
    {
        X509Certificate2 certificate => VerificationKeys.FromCertificate(certificate),
        AsymmetricAlgorithm key => VerificationKeys.FromKey(key),
        Secret text => VerificationKeys.FromText(text),
        var path => VerificationKeys.FromFile(FileAt((string)path)),
    };

    // Only where the token came out of a session is it known whose it should be.
    private string RequireIssuer() => Token is null or { Session: not null } && FindSession(OfToken)?.Issuer is { } issuer
        ? issuer
        : throw Refuse(ErrorRecords.VerificationKeyNeeded());
}
