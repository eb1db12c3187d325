using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using OAuthPS.Benchmarks;
using OAuthPS.Benchmarks.Scale;
using OAuthPS.Benchmarks.Soak;

// "scale <folder>" draws the cost against the number of sessions and callers; "requests" takes the peers of a request in turn;
// "soak" is the long run of docs/security.md, and "soak-server" the process that it starts for it; "serve" is the server of the benchmarks
// in PowerShell, until its input ends; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["scale", var folder]:
        await ScaleRun.RunAsync(folder);
        break;
    case ["requests"]:
        await RequestsInTurn.RunAsync();
        break;
    case ["soak"]:
        return await SoakRun.RunAsync();
    case ["soak-server"]:
        await FaultyServer.RunAsync();
        break;
    case ["serve"]:
        await using (var server = await TokenServer.StartAsync())
        {
            await server.WarmUpAsync();
            Console.WriteLine(server.Url);
            await Console.In.ReadToEndAsync();
        }

        break;
    default:
        // In this process, so that nothing is built in between and peers are measured close to each other.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(250)).WithWarmupCount(5).WithIterationCount(20);
        BenchmarkSwitcher.FromAssembly(typeof(TokenServer).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).WithArtifactsPath("artifacts/benchmarks"));
        break;
}

return 0;
