using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS;

/// <summary>The base of the cmdlets that take a client's private key.</summary>
public abstract class ClientKeyCmdlet : NetworkCmdlet
{
    private protected const string ClientKeySet = "ClientKey";

    /// <summary>
    /// The client's private key: the path of a PEM, PKCS #12 or JWK file, or of a certificate (<c>Cert:\CurrentUser\My\…</c>); a
    /// certificate, an RSA or ECDsa key; or the text of a PEM or JWK. The JSON file of a Google service account has the client's id too.
    /// </summary>
    [Parameter(ParameterSetName = ClientKeySet, Mandatory = true)]
    [KeySourceTransformation]
    public KeySource? ClientKey { get; set; }

    /// <summary>What the key is encrypted with.</summary>
    [Parameter(ParameterSetName = ClientKeySet)]
    [SecureStringConversion]
    public SecureString? ClientKeyPassword { get; set; }

    /// <summary>The id by which the provider knows the key (<c>kid</c>).</summary>
    [Parameter(ParameterSetName = ClientKeySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientKeyId { get; set; }

    /// <summary>The algorithm to sign with; the first of the key's that the provider announces when left out.</summary>
    [Parameter(ParameterSetName = ClientKeySet)]
    [ArgumentCompleter(typeof(SigningAlgorithmCompleter))]
    [SigningAlgorithm]
    public string? ClientKeyAlgorithm { get; set; }

    /// <summary>The client with the key that was given, and with the id that came with it where none was.</summary>
    private protected OAuthClient ReadClientWithKey(string? clientId, X509Certificate2? certificate = null)
    {
        var key = ReadClientKey();
        var id = clientId ?? key.ClientId ?? throw Refuse(ErrorRecords.BelongingNeeded(nameof(ClientKey), "-ClientId"));
        return new OAuthClient(id, key: key, certificate: certificate);
    }

    private ClientKey ReadClientKey()
    {
        var options = new ClientKeyOptions(ClientKeyPassword?.ToSecret(), ClientKeyId, ClientKeyAlgorithm);
        return ClientKey!.Value switch
        {
            X509Certificate2 certificate => ClientKeyReader.FromCertificate(certificate, options),
            AsymmetricAlgorithm key => new ClientKey(key, options.KeyId, options.Algorithm),
            Secret text => ClientKeyReader.FromText(text, options),
            string path when ClientKeyReader.IsStorePath(path) => ClientKeyReader.FromStore(path, options),
            var path => ClientKeyReader.FromFile(FileAt((string)path), options),
        };
    }
}
