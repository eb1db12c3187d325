using System.Text;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Vendors.SpatiaFi;

/// <summary>Finds the credential that the vendor's own client keeps: in the environment, else in its configuration file.</summary>
internal sealed class VendorCredentials(Func<string, string?> environment, Func<string> configurationFolder)
{
    private const int MaximumSize = 64 * 1024;

    /// <summary>
    /// This user's. The configuration folder is the one Python's <c>click.get_app_dir</c> gives: <c>$XDG_CONFIG_HOME</c> or
    /// <c>~/.config</c>, <c>~/Library/Application Support</c>, <c>%APPDATA%</c>.
    /// </summary>
    internal static VendorCredentials OfUser { get; } = new(
        Environment.GetEnvironmentVariable,
        () => Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The request with the vendor's credential, where it may use it and there is one.</summary>
    /// <exception cref="OAuthException">It was asked for and there is none, or what there is cannot be used.</exception>
    internal ConnectRequest Complete(ConnectRequest request, IFlowLog log)
    {
        var isRequired = request.VendorCredential == VendorCredentialUse.Required;
        if (request.Client is not null
            || !(isRequired || (request.VendorCredential == VendorCredentialUse.WhenNothingElse && NothingIsGiven(request))))
        {
            return request;
        }

        // Nobody asked for it, so it goes only to whom it was made for: an address may come from a script that somebody else wrote.
        if (!isRequired && !IsOwnAddress(request))
        {
            log.Verbose(Notices.VendorCredentialNotSought(request.Provider.Names));
            return request;
        }

        if (request.Provider.VendorCredential is not { } places)
        {
            return isRequired ? throw Errors.VendorCredentialNotSupported(request.Provider.Names) : request;
        }

        if ((FromEnvironment(places, log) ?? FromFile(places, log)) is { } client)
        {
            return request with { Client = client };
        }

        var path = PathOf(places);
        log.Verbose($"{request.Provider.DisplayName}'s own client has left no credential in {places.ClientIdVariable}, nor in {path}.");
        return isRequired ? throw Errors.VendorCredentialNotFound(places.ClientIdVariable, places.ClientSecretVariable, path) : request;
    }

    private static bool IsOwnAddress(ConnectRequest request) => request.ServiceUrl is not { } given
        || (given.IsAbsoluteUri && request.Provider.ServiceUrl is { } own && SecureUrl.IsSameOrigin(given, own));

    private static bool NothingIsGiven(ConnectRequest request) =>
        request is { Inputs.Count: 0, SignIn: { RedirectUri: null, NoBrowser: false } }
        && (request.Flow is null || request.Flow == OAuthFlow.ClientCredentials);

    private OAuthClient? FromEnvironment(VendorCredential places, IFlowLog log)
    {
        var (id, secret) = (environment(places.ClientIdVariable), environment(places.ClientSecretVariable));
        if (string.IsNullOrEmpty(id) && string.IsNullOrEmpty(secret))
        {
            return null;
        }

        // Half a credential is a slip. To pass over it would connect as somebody else than the user believes.
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
        {
            var (there, missing) = string.IsNullOrEmpty(id)
                ? (places.ClientSecretVariable, places.ClientIdVariable)
                : (places.ClientIdVariable, places.ClientSecretVariable);
            throw Errors.VendorVariableMissing(there, missing);
        }

        log.Verbose(
            $"Using the client credential of the environment variables {places.ClientIdVariable} and {places.ClientSecretVariable}.");
        return new OAuthClient(id, new Secret(secret));
    }

    private OAuthClient? FromFile(VendorCredential places, IFlowLog log)
    {
        var path = PathOf(places);
        if (Read(path) is not { } json)
        {
            return null;
        }

        var body = Parse(json);
        if (string.IsNullOrWhiteSpace(body?.ClientId) || string.IsNullOrEmpty(body.ClientSecret))
        {
            var missing = string.IsNullOrWhiteSpace(body?.ClientId) ? "client_id" : "client_secret";
            throw Errors.VendorFileDamaged(path, body is null ? "is not a JSON object" : $"has no '{missing}'");
        }

        log.Verbose($"Using the client credential of the file {path}.");
        return new OAuthClient(body.ClientId, new Secret(body.ClientSecret));
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return BoundedFile.Read(path, MaximumSize) ?? throw Errors.VendorFileDamaged(path, "is far larger than a credential");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.VendorFileAccess(path, failure);
        }
    }

    // The exception is not kept: it may repeat a part of the file.
    private static AppCredentialBody? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(
                json.StartsWith(Encoding.UTF8.Preamble) ? json[3..] : json, AppCredentialJson.Default.AppCredentialBody);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private string PathOf(VendorCredential places) => Path.Combine(configurationFolder(), places.Folder, places.FileName);
}
