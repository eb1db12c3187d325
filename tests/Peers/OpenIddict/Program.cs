using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using OAuthPS.Peers.OpenIddict;

// OpenIddict on loopback, until its input ends. One line of JSON says where it is, and who its clients are.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase("openiddict").UseOpenIddict());
builder.Services.AddOpenIddict()
    .AddCore(options => options.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations())
    .AddServer(PeerServer.Configure);
await using var app = builder.Build();
PeerServer.Map(app);

var clients = new PeerClients();
await using (var scope = app.Services.CreateAsyncScope())
{
    await clients.RegisterAsync(scope.ServiceProvider);
}

await app.StartAsync();
var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
Console.WriteLine(JsonSerializer.Serialize(new { issuer = address + "/", secret = PeerClients.Secret, privateKey = clients.PrivateKey, keyId = PeerClients.KeyId }));
await Console.In.ReadToEndAsync();
await app.StopAsync();
