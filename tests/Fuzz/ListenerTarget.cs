using OAuthPS.Flows.Messages;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Fuzz;

/// <summary>The listener's HTTP, in pieces of a size that the first byte says, and what it makes of the parameters.</summary>
internal static class ListenerTarget
{
    private static readonly AuthorizationRequest _sent = new(new Uri($"{Targets.Issuer}/authorize"), "code", "the-client", "http://127.0.0.1:8400/");

    internal static void Read(byte[] input)
    {
        var (choice, rest) = Targets.Choose(input, 16);
        using var stream = new Pieces(rest, choice == 0 ? int.MaxValue : choice * choice);
        if (HttpMessageReader.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult() is not { } request)
        {
            return;
        }

        foreach (var parameters in new[] { request.Query, request.Body })
        {
            _ = ResponseState.FlawIn(parameters, _sent);
            _ = ResponseState.ErrorWithoutState(parameters, _sent);
        }
    }

    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
