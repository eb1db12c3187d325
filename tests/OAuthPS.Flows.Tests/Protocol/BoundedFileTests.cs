using System.Diagnostics;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Vendors.SpatiaFi;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A path may name a device without end, or a pipe whose other side never comes: each is an error at once, wherever a file is read.</summary>
public sealed class BoundedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oauthps-").FullName;

    public static TheoryData<string, string> Places { get; } = new()
    {
        { "key", "KeyInvalid" }, { "certificate", "KeyInvalid" }, { "verification key", "KeyInvalid" }, { "provider file", "ProviderFileInvalid" },
        { "registered provider", "ProviderFileInvalid" }, { "vendor credential", "VendorCredentialInvalid" }, { "body", "InvalidBodyFile" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task A_device_a_pipe_and_a_link_to_one_are_errors_at_once(string place, string errorId)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no device or pipe among its files.");
        var pipe = Path.Combine(_folder, "pipe");
        using (var made = Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();

        foreach (var target in new[] { "/dev/zero", "/dev/null", pipe })
        {
            var direct = await Record.ExceptionAsync(() => ReadAsync(place, target));
            var linked = await Record.ExceptionAsync(() => ReadAsync(place, Link(Link(target))));

            Assert.Equal((errorId, errorId), (Assert.IsAssignableFrom<OAuthException>(direct).ErrorId, Assert.IsAssignableFrom<OAuthException>(linked).ErrorId));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_folder_and_a_file_without_end_are_errors(string place, string errorId)
    {
        var large = Path.Combine(_folder, "large");
        using (var file = File.Create(large))
            file.SetLength(257L * 1024 * 1024);

        // A body is read while it is sent, however large it is.
        if (place != "body")
            Assert.Equal(errorId, Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => ReadAsync(place, large))).ErrorId);
        Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => ReadAsync(place, _folder)));
    }

    [Fact]
    public void A_file_behind_links_is_read_whole()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, [1, 2, 3]);

        Assert.Equal([1, 2, 3], BoundedFile.Read(Link(Link(path)), maximum: 3));
        Assert.Null(BoundedFile.Read(Link(path), maximum: 2));
        using var body = ApiContent.FromFile(Link(path)).Create(_ => { });
        Assert.Equal(3, body.Headers.ContentLength);
    }

    private string Link(string target)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString());
        File.CreateSymbolicLink(path, target);
        return path;
    }

    // On a thread of its own: what waits for the other side of a pipe is never heard of again.
    private Task<object?> ReadAsync(string place, string path) => Task.Run(() => Read(place, path)).WaitAsync(TimeSpan.FromSeconds(20));

    private object? Read(string place, string path) => place switch
    {
        "key" => ClientKeyReader.FromFile(path),
        "certificate" => ClientCertificate.FromFile(path, null),
        "verification key" => VerificationKeys.FromFile(path),
        "provider file" => ProviderFile.Read(path),
        "registered provider" => new ProviderCatalog(Placed("Acme.json", path)).Get("Acme"),
        "vendor credential" => new VendorCredentials(_ => null, () => Placed("app_credentials.json", path)).Complete(
            new ConnectRequest
            {
                Provider = BuiltInProviders.Get("SpatiaFi") with { VendorCredential = BuiltInProviders.Get("SpatiaFi").VendorCredential! with { Folder = "" } },
                VendorCredential = VendorCredentialUse.Required,
            },
            new RecordingLog()),
        _ => ApiContent.FromFile(path).Create(_ => { }),
    };

    // The name is given there, so the path stands behind a link of that name.
    private string Placed(string name, string path)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString())).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, name), path);
        return folder;
    }
}
