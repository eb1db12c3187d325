using System.Net;
using OAuthPS.Flows;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;

namespace OAuthPS.Fuzz;

/// <summary>
/// The five parsers that read what nobody has authenticated. Each takes any bytes, and may end with an <see cref="OAuthException"/> and
/// with nothing else; its message has no control character in it.
/// </summary>
internal static class Targets
{
    internal const string Issuer = "https://login.example.com";

    /// <summary>By the name of the folder of the corpus.</summary>
    internal static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>
    {
        ["answer"] = input => Run(() => ResponseTarget.Read(input)),
        ["discovery"] = input => Run(() => DiscoveryAsync(input).GetAwaiter().GetResult()),
        ["jwt"] = input => Run(() => JwtTarget.Read(input)),
        ["listener"] = input => Run(() => ListenerTarget.Read(input)),
        ["redirect"] = input => Run(() => RedirectTarget.Read(input)),
    };

    /// <summary>Takes the first byte as a choice, so that one corpus reaches several readers.</summary>
    internal static (int Choice, byte[] Input) Choose(byte[] input, int choices) => input.Length == 0 ? (0, input) : ((input[0] & 0x0f) % choices, input[1..]);

    /// <summary>A transport whose every response is the same.</summary>
    internal static HttpTransport Answering(
        byte[] body, HttpStatusCode status = HttpStatusCode.OK, IReadOnlyList<KeyValuePair<string, string>>? headers = null) =>
        new(new HttpMessageInvoker(new SameResponse(body, status, headers ?? [new("Content-Type", "application/json")])));

    // Metadata, and all that is made of it; of one tenant's server, and of one for all tenants.
    private static async Task DiscoveryAsync(byte[] input)
    {
        var issuer = input.AsSpan().IndexOf("{tenantid}"u8) < 0 ? Issuer : $"{Issuer}/common/v2.0";
        var transport = Answering(input);
        var provider = await ProviderDiscovery.CompleteAsync(new() { Name = "Example", Issuer = issuer }, serviceUrl: null, transport).ConfigureAwait(false);
        _ = provider.ToString();
        _ = (await OAuthPS.Flows.Server.Discovery.Of(transport).GetAsync(issuer).ConfigureAwait(false)).ToString();
    }

    /// <summary>Lets a typed error pass, and nothing else.</summary>
    internal static void Run(Action read)
    {
        try
        {
            read();
        }
        catch (OAuthException error) when (!error.Message.Any(char.IsControl))
        {
            // As it should be.
        }
    }

    private sealed class SameResponse(byte[] body, HttpStatusCode status, IReadOnlyList<KeyValuePair<string, string>> headers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
            foreach (var (name, value) in headers)
            {
                _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        }
    }
}
