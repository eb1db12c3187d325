using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Renewal of a session that several processes share through a vault.</summary>
public sealed class VaultRenewalTests : VaultTest
{
    private static readonly string _invalidGrant = Wire.Json("""{"error":"invalid_grant","error_description":"used up"}""", "400 Bad Request");

    private static readonly ConnectRequest _once = Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("refresh-0"))] };

    [Fact]
    public async Task What_one_process_renewed_the_other_adopts_without_a_request()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync();
        Expire();

        Assert.Equal("access-2", (await one.GetTokenAsync()).TokenOf());
        Assert.Equal("access-2", (await other.GetTokenAsync(log: Wire.Log)).TokenOf());

        Assert.Equal(2, Wire.Requests.Count);
        Assert.Contains("adopted", Wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(Wire.Log, "access-2", "refresh-1", "refresh-2", Given.ClientSecret);
    }

    [Fact]
    public async Task Two_processes_that_renew_at_the_same_time_send_one_request()
    {
        var response = new TaskCompletionSource();
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1")).AnswersAfter(response.Task, Given.Token("access-2", 3600, "refresh-2"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync();
        Expire();

        var both = Task.WhenAll(one.GetTokenAsync().AsTask(), other.GetTokenAsync().AsTask());
        response.SetResult();

        Assert.All(await both, token => Assert.Equal("access-2", token.TokenOf()));
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task Names_in_another_case_are_the_same_session_to_the_lock()
    {
        var response = new TaskCompletionSource();
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1")).AnswersAfter(response.Task, Given.Token("access-2", 3600, "refresh-2"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync("BLYNK");
        Expire();

        var both = Task.WhenAll(one.GetTokenAsync().AsTask(), other.GetTokenAsync().AsTask());
        response.SetResult();

        await both;
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task After_invalid_grant_what_another_machine_left_in_the_vault_is_adopted()
    {
        var faster = await FasterMachineAsync("access-9", "refresh-9");
        Wire.Answers(_invalidGrant);
        var session = await RestoreAsync();
        Expire();
        Vault.AfterRead.Enqueue(() => Vault.Entries["Blynk"] = faster.Replace("2026-01-02T03:04:05+00:00", "2026-01-02T05:04:05+00:00", StringComparison.Ordinal)
            .Replace("2026-01-02T04:04:05+00:00", "2026-01-02T06:04:05+00:00", StringComparison.Ordinal));

        Assert.Equal("access-9", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(3, Wire.Requests.Count);
    }

    [Fact]
    public async Task What_is_adopted_after_invalid_grant_and_has_expired_is_renewed_in_its_turn()
    {
        var faster = await FasterMachineAsync("access-9", "refresh-9");
        Wire.Answers(_invalidGrant, Given.Token("access-10", 3600, "refresh-10"));
        var session = await RestoreAsync();
        Expire();
        Vault.AfterRead.Enqueue(() => Vault.Entries["Blynk"] = faster);

        Assert.Equal("access-10", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh-9", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Contains("refresh-10", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_invalid_grant_with_nothing_newer_in_the_vault_the_refusal_is_reported_and_the_entry_stays()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), _invalidGrant);
        var session = await SavedAsync(_once);
        var before = Vault.Only;
        Expire();

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.GetTokenAsync(log: Wire.Log).AsTask());

        Assert.Equal("invalid_grant", error.Error);
        Assert.Equal(before, Vault.Only);
        NoSecret.In(error, "access-1", "refresh-1", Given.ClientSecret);
        NoSecret.In(Wire.Log, "access-1", "refresh-1", Given.ClientSecret);
    }

    [Fact]
    public async Task A_dead_refresh_token_is_no_end_where_the_client_can_repeat_its_grant()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), _invalidGrant, Given.Token("access-2", 3600, "refresh-2"));
        await SavedAsync();
        var session = await RestoreAsync();
        Expire();

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("429 Too Many Requests")]
    [InlineData("401 Unauthorized")]
    public async Task A_failed_renewal_leaves_the_entry_as_it_was(string status)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1")).Otherwise(_ => Wire.Json("{}", status));
        var session = await SavedAsync(_once);
        var before = Vault.Only;
        Expire();

        await Assert.ThrowsAnyAsync<OAuthException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal(before, Vault.Only);
        Assert.Equal(1, Vault.Writes);
    }

    [Fact]
    public async Task An_access_token_that_stays_the_same_beside_a_new_refresh_token_is_a_renewal_all_the_same()
    {
        Wire.Answers(Given.Token("access", 3600, "refresh-1"), Given.Token("access", 3600, "refresh-2"), Given.Token("access", 3600, "refresh-3"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync();
        Expire();
        await one.GetTokenAsync();
        await other.GetTokenAsync();
        Assert.Equal(2, Wire.Requests.Count);
        Expire();
        await other.GetTokenAsync();
        await one.GetTokenAsync();

        Assert.Equal(3, Wire.Requests.Count);
        Assert.Contains("refresh-3", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forced_renewal_goes_on_from_what_another_process_has_renewed()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh1"), Given.Token("access-2", 3600, "refresh2"), Given.Token("access-3", 3600, "refresh3"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync();
        await one.RenewAsync();

        Assert.Equal("access-3", (await other.RenewAsync()).TokenOf());
        Assert.Contains("refresh2", Wire.LastRequest, StringComparison.Ordinal);
    }

    public static TheoryData<string> Others => [.. _others.Keys];

    private static readonly Dictionary<string, ConnectRequest> _others = new()
    {
        ["server"] = _once with { ServiceUrl = new Uri("https://ny3.blynk.cloud") },
        ["client"] = _once with { Client = new("another client", new Secret(Given.ClientSecret)) },
        ["provider"] = Given.Space with { Name = "Blynk" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Tokens_of_another_server_client_or_provider_under_the_same_name_are_left_alone(string other)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("others-access", 7200, "others-refresh"));
        var session = await SavedAsync(_once);
        await SavedAsync(_others[other]);
        var theirs = Vault.Only;
        Wire.Clock.Advance(TimeSpan.FromMinutes(90));

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask());

        Assert.Same(OAuthErrorId.VaultSessionReplaced, failure.Id);
        Assert.Equal((2, theirs), (Wire.Requests.Count, Vault.Only));
    }

    [Fact]
    public async Task What_is_revoked_is_what_another_process_has_put_in_force()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"), "HTTP/1.1 200 OK");
        var one = await SavedAsync(Given.SpacebringCode);
        var other = await RestoreAsync("Spacebring");
        await other.RenewAsync();

        await one.RevokeAsync();

        Assert.StartsWith("POST https://api.spacebring.com/oauth2/revoke?token=refresh-2\n", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_gone_from_the_vault_is_revoked_with_what_is_known_here()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), "HTTP/1.1 200 OK");
        var session = await SavedAsync(Given.SpacebringCode);
        Vault.Entries.Clear();

        await session.RevokeAsync();

        Assert.StartsWith("POST https://api.spacebring.com/oauth2/revoke?token=refresh-1\n", Wire.LastRequest, StringComparison.Ordinal);
    }

    private async Task<string> FasterMachineAsync(string access, string refresh)
    {
        Wire.Answers(Given.Token(access, 3600, refresh), Given.Token("access-1", 3600, "refresh-1"));
        await SavedAsync(_once);
        var entry = Vault.Only;
        await SavedAsync(_once);
        return entry;
    }
}
