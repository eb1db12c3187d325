using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OAuthPS.Emulator;

/// <summary>The emulated providers, serving on 127.0.0.1 until disposed.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EmulatorServer(
        WebApplication application, EmulatorSettings settings, Journal journal, FaultQueue faults, IReadOnlyList<Rehearsal> rehearsals)
    {
        _application = application;
        Settings = settings;
        Journal = journal;
        Faults = faults;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        BaseAddress = new Uri(addresses!.Addresses.Single() + "/");
        Bases = new ProviderBases(BaseAddress);
        Rehearsals = rehearsals;
    }

    /// <summary>Where the emulator is, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The service URL to give for Spacebring.</summary>
    public Uri Spacebring => Bases.Spacebring;

    /// <summary>The service URL to give for SpatiaFi.</summary>
    public Uri SpatiaFi => Bases.SpatiaFi;

    /// <summary>The service URL to give for JetBrains Space.</summary>
    public Uri Space => Bases.Space;

    /// <summary>The service URL to give for Blynk.</summary>
    public Uri Blynk => Bases.Blynk;

    /// <summary>What was asked and answered.</summary>
    public Journal Journal { get; }

    /// <summary>What is to go wrong next.</summary>
    public FaultQueue Faults { get; }

    /// <summary>What may change at run time.</summary>
    public EmulatorSettings Settings { get; }

    internal ProviderBases Bases { get; }

    internal IReadOnlyList<Rehearsal> Rehearsals { get; }

    /// <summary>The service URL to give for a server that is rehearsed.</summary>
    /// <param name="name">The name of its provider.</param>
    public Uri Rehearsed(string name) => new(BaseAddress, name);

    /// <summary>Starts an emulator; it listens when the task has completed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">Two providers have one name.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new EmulatorOptions();
        var settings = new EmulatorSettings { TokenLifetime = options.TokenLifetime };
        var emulator = new EmulatorContext(options.TimeProvider, settings);
        var journal = new Journal();
        var faults = new FaultQueue();
        IReadOnlyList<Provider> providers = [.. AllProviders(emulator), .. Rehearsed(emulator, options.Rehearsals)];

        var application = Build(options.Port);
        var exchange = new ExchangeMiddleware(emulator, providers, journal, faults, application.Lifetime.ApplicationStopping);
        application.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ControlEndpoints.PathBase, StringComparison.Ordinal),
            branch => branch.Use(exchange.InvokeAsync));
        application.UseRouting();
        application.Use((context, next) => ExactPaths.InvokeAsync(context, next, providers));
        new ControlEndpoints(settings, journal, faults, providers, options.Rehearsals).Map(application);
        foreach (var provider in providers)
        {
            provider.Map(new ProviderRoutes(application, provider.PathBase));
        }

        try
        {
            await application.StartAsync(ct);
            return new EmulatorServer(application, settings, journal, faults, options.Rehearsals);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops serving; requests still under way are aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static IEnumerable<Provider> Rehearsed(EmulatorContext emulator, IReadOnlyList<Rehearsal> rehearsals)
    {
        var taken = AllProviders(emulator).Select(provider => provider.PathBase).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return rehearsals.FirstOrDefault(rehearsal => !taken.Add(rehearsal.Endpoints.PathBase)) is { } second
            ? throw new InvalidDataException($"There is a provider at {second.Endpoints.PathBase} already: its file needs another 'name'.")
            : rehearsals.Select(rehearsal => new RehearsedProvider(emulator, rehearsal));
    }

    private static IEnumerable<Provider> AllProviders(EmulatorContext emulator)
    {
        yield return new SpacebringProvider(emulator);
        yield return new SpatiaFiProvider(emulator);
        yield return new SpaceProvider(emulator);
        yield return new BlynkProvider(emulator);
    }

    // The empty builder reads no configuration and no environment and logs nowhere: whatever the machine has set for
    // other ASP.NET Core programs, the emulator listens on loopback alone.
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ReceivedBody.Limit;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    // The default lifetime takes Ctrl+C from whoever hosts the emulator in-process.
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
