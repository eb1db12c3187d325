using System.Globalization;
using OAuthPS.Flows;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vaults;
using OAuthPS.Worker;

// worker <vault folder> <lock folder>: for every line "<session> <seconds>" on its input it says which token it would use when the
// clock were that many seconds ahead: "ok <token>", or "error <id> <what to do>". It ends with its input.
FileLock.Folder = args[1];
var vault = new FileVault(args[0]);
var clock = new OffsetClock();
var transport = new HttpTransport(new HttpMessageInvoker(HttpTransport.CreateHandler()), clock);
var sessions = new Dictionary<string, OAuthSession>();
Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    var (name, seconds) = line.Split(' ') is [var n, var s] ? (n, s) : throw new FormatException(line);
    clock.Offset = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
    try
    {
        if (!sessions.TryGetValue(name, out var session))
        {
            sessions[name] = session = await SessionVaults.RestoreAsync(vault, name, BuiltInProviders.Get, transport);
        }

        Console.WriteLine($"ok {(await session.GetTokenAsync()).Value.Reveal()}");
    }
    catch (OAuthException failure)
    {
        Console.WriteLine($"error {failure.ErrorId} {failure.RecommendedAction}");
    }
}
