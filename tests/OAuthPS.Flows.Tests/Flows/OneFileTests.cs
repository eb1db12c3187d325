using System.Text;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Tests.Sessions;

namespace OAuthPS.Flows.Tests.Flows;

/// <summary>A flow is one file: everything that is done with flows is done with one the library does not know.</summary>
public sealed class OneFileTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    private static OAuthProvider Provider { get; } = new()
    {
        Name = "zoom-like",
        ServiceUrl = new Uri("https://zoom.example"),
        TokenEndpoint = "/oauth/token",
        Flows = [OAuthFlow.ClientCredentials, AccountCredentialsFlow.FlowName],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private static ConnectRequest Request { get; } = new() { Provider = Provider, Client = Given.Client, Inputs = [new Account("acc-1")] };

    [Fact]
    public async Task What_was_given_says_that_it_is_meant_and_it_connects()
    {
        _wire.Answers(Given.Token("t"));

        var session = await _wire.ConnectAsync(Request);

        Assert.Equal("AccountCredentials", session.Flow.Name);
        Assert.EndsWith("\n\ngrant_type=account_credentials&account_id=acc-1", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_needs_is_asked_for_and_what_it_does_not_use_is_refused()
    {
        var missing = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request with { Flow = AccountCredentialsFlow.FlowName, Inputs = [] }));
        var useless = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request with { Flow = OAuthFlow.ClientCredentials }));

        Assert.Equal(("MissingParameter", OAuthInput.SubjectToken), (missing.ErrorId, missing.Inputs[0]));
        Assert.Equal(("ParameterNotUsed", OAuthInput.SubjectToken), (useless.ErrorId, useless.Inputs[0]));
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task It_has_a_preview() => Assert.Equal(
        ["POST https://zoom.example/oauth/token, Authorization: Basic ***, body: grant_type=account_credentials&account_id=acc-1"],
        (await ConnectPreview.DescribeAsync(Request, _wire.Transport)).Requests);

    [Fact]
    public void A_provider_file_names_it()
    {
        var read = ProviderFile.Parse(ProviderFile.ToJson(Provider), out var flaw);

        Assert.Null(flaw);
        Assert.Equal(Provider.Flows, read!.Flows);
        Assert.NotNull(ProviderFile.Parse(Encoding.UTF8.GetBytes("""{"name":"x","tokenEndpoint":"https://x.example/t","flows":["accountcredentials"],"clientAuthentications":["Basic"]}"""), out _));
    }

    [Fact]
    public async Task A_server_that_lists_its_grant_type_offers_it()
    {
        _ = AccountCredentialsFlow.FlowName;
        _wire.Answers(Wire.Json("""{"issuer":"https://zoom.example","token_endpoint":"https://zoom.example/t","grant_types_supported":["account_credentials"]}"""));

        var provider = await ProviderDiscovery.CompleteAsync(new OAuthProvider { Name = "z", Issuer = "https://zoom.example" }, null, _wire.Transport);

        Assert.Equal([AccountCredentialsFlow.FlowName], provider.Flows);
    }

    [Fact]
    public async Task It_is_stored_and_opened_again()
    {
        var vault = new MemoryVault();
        _wire.Answers(Given.Token("first"), Given.Token("second"));
        await (await _wire.ConnectAsync(Request)).SaveAsync(vault);

        var restored = await SessionVaults.RestoreAsync(vault, "zoom-like", _ => Provider, _wire.Transport, _wire.Log);

        Assert.Equal("second", (await restored.RenewAsync()).TokenOf());
        Assert.EndsWith("account_id=reopened", _wire.LastRequest, StringComparison.Ordinal);
    }
}
