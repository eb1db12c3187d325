using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using OAuthPS.Emulator;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Vaults;
using OAuthPS.Worker;
using Xunit.Abstractions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Real processes that share sessions at Blynk, whose refresh tokens are good for one use.</summary>
public sealed class VaultProcessTests(ITestOutputHelper output) : VaultTest, IAsyncLifetime
{
    private const int Processes = 32;
    private const int Expiries = 20;
    private const int Kills = 200;

    private static readonly (string, string) _withoutFileLocks = ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1");

    // In seconds: longer than the tokens of this emulator live.
    private const int Expiry = 301;

    private EmulatorServer _emulator = null!;
    private string _folder = null!;
    private FileVault _vault = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new() { TokenLifetime = TimeSpan.FromSeconds(Expiry - 1) });
        _folder = Temporary.CreateSubdirectory("vault").FullName;
        _vault = new FileVault(_folder);
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task Thirty_two_processes_renew_a_session_once_for_each_of_twenty_expiries()
    {
        await ConnectAsync("shared");
        var workers = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => StartAsync()));
        using var api = new HttpClient();
        var watch = Stopwatch.StartNew();
        var (valid, seen) = (0, new HashSet<string>());
        try
        {
            for (var expiry = 1; expiry <= Expiries; expiry++)
            {
                var answers = await Task.WhenAll(workers.Select(worker => worker.AskAsync("shared", expiry * Expiry)));

                var response = Assert.Single(answers.Distinct());
                Assert.StartsWith("ok ", response, StringComparison.Ordinal);
                Assert.True(seen.Add(response), "A token was given out after its end.");
                foreach (var each in answers)
                {
                    Assert.Equal(HttpStatusCode.OK, await CallAsync(api, each[3..]));
                    valid++;
                }
            }
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        var requests = TokenRequests();
        output.WriteLine($"{Processes} processes, {Expiries} expiries: {requests.Count - 1} token requests after the first, {requests.Count(r => r.Status != 200)} refused, {valid} valid answers, {watch.Elapsed.TotalSeconds:0.0} s.");
        Assert.Equal(Processes * Expiries, valid);
        Assert.Equal(1 + Expiries, requests.Count);
        Assert.All(requests, request => Assert.Equal(200, request.Status));
    }

    // Some containers tell .NET to leave file locks alone; every second process is in one.
    [Fact]
    public async Task Processes_in_which_NET_does_not_lock_files_renew_once_for_each_expiry_all_the_same()
    {
        await ConnectAsync("shared");
        var workers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => WorkerProcess.StartAsync(_folder, FileLock.Folder, number % 3 == 0 ? null : _withoutFileLocks)));
        try
        {
            for (var expiry = 1; expiry <= 5; expiry++)
            {
                var answers = await Task.WhenAll(workers.Select(worker => worker.AskAsync("shared", expiry * Expiry)));

                Assert.StartsWith("ok ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
            }
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        Assert.Equal(1 + 5, TokenRequests().Count);
        Assert.All(TokenRequests(), request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task A_process_that_is_killed_in_a_renewal_leaves_a_whole_entry_and_the_next_goes_on_or_says_what_to_do()
    {
        // "repeats" has a client that can get another token by itself; "once" has a refresh token and nothing else.
        await ConnectAsync("repeats");
        await ConnectOnceAsync();
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        var counts = new SortedDictionary<string, int>();
        var (seconds, watch) = (0, Stopwatch.StartNew());
        var next = StartAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var worker = await next;
            next = StartAsync();
            var session = kill % 2 == 0 ? "repeats" : "once";

            // It goes on where the one before it was killed; that also makes its code warm.
            var goesOn = await worker.AskAsync(session, seconds += Expiry);
            if (kill >= 2)
                Count(counts, $"{session}: the next {(goesOn.StartsWith("ok ", StringComparison.Ordinal) ? "went on" : "said what to do")}");
            if (!goesOn.StartsWith("ok ", StringComparison.Ordinal))
            {
                Assert.Equal("once", session);
                Assert.StartsWith("error InvalidGrant ", goesOn, StringComparison.Ordinal);
                Assert.Contains("connect again", goesOn, StringComparison.OrdinalIgnoreCase);
                await ConnectOnceAsync();
                await worker.AskAsync(session, seconds += Expiry);
            }

            var (requests, before) = (TokenRequests().Count, await EntryAsync(session));
            var said = await KillInRenewalAsync(worker, session, seconds += Expiry, random);

            var after = await EntryAsync(session);
            Count(counts, "killed " + (said.StartsWith("ok ", StringComparison.Ordinal) ? "after the response"
                : after.AccessToken != before.AccessToken ? "after the vault was written"
                : TokenRequests().Count > requests ? "between the token request and the vault" : "before the token request"));
        }

        (await next).Dispose();
        foreach (var (what, count) in counts)
            output.WriteLine($"{count} {what}");
        output.WriteLine($"{Kills} kills in {watch.Elapsed.TotalSeconds:0.0} s; {Directory.GetFiles(_folder, "*.tmp").Length} half-written files beside the entries.");
        Assert.DoesNotContain("repeats: the next said what to do", counts.Keys);
    }

    // At once, when half of the entry is written, when all of it is, or when the answer has come.
    private async Task<string> KillInRenewalAsync(WorkerProcess worker, string session, int seconds, Random random)
    {
        using var folder = new FileSystemWatcher(_folder);
        var (begun, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        folder.Created += (_, _) => begun.TrySetResult();
        folder.Renamed += (_, _) => written.TrySetResult();
        folder.EnableRaisingEvents = true;
        worker.Say(session, seconds);
        var said = worker.AnswerAsync();
        Task[] moments = [Task.CompletedTask, begun.Task, written.Task, said];
        await Task.WhenAny(moments[random.Next(moments.Length)], said);
        await worker.KillAsync();
        return await said;
    }

    private static void Count(SortedDictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private Task<WorkerProcess> StartAsync() => WorkerProcess.StartAsync(_folder, FileLock.Folder);

    /// <exception cref="OAuthUsageException">The entry is not whole.</exception>
    private async Task<VaultEntry> EntryAsync(string session) => VaultEntry.Parse("files", session, (await _vault.ReadAsync(session, default))!);

    private async Task ConnectAsync(string name) => await (await OAuthConnection.ConnectAsync(Request(name))).SaveAsync(_vault);

    private async Task ConnectOnceAsync()
    {
        var first = await OAuthConnection.ConnectAsync(Request("once"));
        await (await OAuthConnection.ConnectAsync(Request("once") with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(first.State!.RefreshToken!)] })).SaveAsync(_vault);
    }

    private ConnectRequest Request(string name) => new()
    {
        Provider = BuiltInProviders.Get("Blynk"),
        Name = name,
        ServiceUrl = _emulator.Blynk,
        Client = new OAuthClient(DemoAccounts.BlynkClientId, new Secret(DemoAccounts.BlynkClientSecret)),
    };

    private List<JournalEntry> TokenRequests() => [.. _emulator.Journal.Entries.Where(entry => entry.Path.EndsWith("/oauth2/token", StringComparison.Ordinal))];

    private async Task<HttpStatusCode> CallAsync(HttpClient api, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _emulator.Blynk.AbsoluteUri.TrimEnd('/') + "/api/v1/organization/profile");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await api.SendAsync(request);
        return response.StatusCode;
    }
}
