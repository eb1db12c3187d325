using System.Numerics;

namespace OAuthPS.Flows.Secrets;

/// <summary>
/// The secrets that are looked for: a long one by each of its parts, a shorter one as a whole. The case of a letter does not
/// matter: a host name comes back in lower case.
/// </summary>
internal sealed class SoughtSecrets
{
    /// <summary>The number of characters from which on a part of a secret is one too.</summary>
    internal const int ShortestInParts = 16;

    /// <summary>The length of such a part.</summary>
    internal const int PartLength = 12;

    internal const int ShortestPlain = 1;

    /// <summary>Any few bytes in base64 decode to a text that holds any one letter: below this a find says nothing.</summary>
    internal const int ShortestInEncoded = 4;

    private static readonly UInt128 _partBits = (UInt128.One << (PartLength * 8)) - 1;

    // Another one in each process: a server that gives a token cannot choose one that makes the search slow.
    private static readonly ulong _seed = (ulong)Random.Shared.NextInt64() | 1;

    private readonly List<byte[]> _whole = [];

    // A hash table with open addressing: each part is the value of its bytes, and no part has the value zero.
    private readonly UInt128[] _parts;
    private readonly int _shift;

    private SoughtSecrets(int parts)
    {
        _parts = parts == 0 ? [] : new UInt128[BitOperations.RoundUpToPowerOf2((uint)parts * 2)];
        _shift = 64 - BitOperations.Log2((uint)Math.Max(2, _parts.Length));
    }

    /// <summary>The number of bytes of the shortest that is looked for in base64 and hex.</summary>
    internal int ShortestEncoded { get; private set; } = PartLength;

    internal static SoughtSecrets From(IReadOnlyCollection<string> secrets)
    {
        // Without what nobody sees, as in the text; and with it, as in what is encoded.
        var readings = secrets.Select(secret => (IsLong: secret.Length >= ShortestInParts, Bytes: TextReading.Of(secret)))
            .Concat(
                secrets.Where(secret =>
                    !TerminalText.IsHarmless(secret)).Select(secret =>
                        (IsLong: secret.Length >= ShortestInParts, Bytes: TextReading.OfBytes(secret)))).ToList();
        var sought = new SoughtSecrets(readings.Sum(secret => secret.IsLong ? secret.Bytes.Length : 0));
        foreach (var (isLong, reading) in readings)
        {
            if (isLong && reading.Length >= PartLength)
            {
                sought.AddParts(reading.Bytes);
            }
            else if (reading.Length > 0)
            {
                sought._whole.Add(reading.Bytes.ToArray().Select(Fold).ToArray());
                sought.ShortestEncoded = reading.Length < ShortestInEncoded
                    ? sought.ShortestEncoded
                    : Math.Min(sought.ShortestEncoded, reading.Length);
            }
        }

        return sought;
    }

    /// <param name="reading">Where to look.</param>
    /// <param name="found">Takes what was found.</param>
    /// <param name="shortest">The number of bytes of the shortest secret that counts.</param>
    internal void FindIn(TextReading reading, FoundParts found, int shortest)
    {
        if (_parts.Length > 0)
        {
            FindParts(reading, found);
        }

        if (_whole.Count > 0)
        {
            var text = new byte[reading.Length];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Fold(reading.Bytes[i]);
            }

            foreach (var secret in _whole.Where(secret => secret.Length >= shortest))
            {
                FindWhole(text, secret, reading, found);
            }
        }
    }

    private static void FindWhole(ReadOnlySpan<byte> text, byte[] secret, TextReading reading, FoundParts found)
    {
        for (var at = 0; text[at..].IndexOf(secret) is >= 0 and var distance; at++)
        {
            at += distance;
            found.Add(reading.From(at), reading.To(at + secret.Length - 1));
        }
    }

    private static byte Fold(byte character) => character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;

    private void FindParts(TextReading reading, FoundParts found)
    {
        var text = reading.Bytes;
        var (part, done) = (UInt128.Zero, 0);
        for (var at = 0; at < text.Length; at++)
        {
            part = Next(part, text[at]);
            if (at >= PartLength - 1 && _parts[Slot(part)] != 0)
            {
                var start = at - PartLength + 1;
                found.Add(start < done ? reading.To(done - 1) : reading.From(start), reading.To(at));
                done = at + 1;
            }
        }
    }

    private void AddParts(ReadOnlySpan<byte> secret)
    {
        var part = UInt128.Zero;
        for (var at = 0; at < secret.Length; at++)
        {
            part = Next(part, secret[at]);
            if (at >= PartLength - 1)
            {
                _parts[Slot(part)] = part;
            }
        }
    }

    private static UInt128 Next(UInt128 part, byte character) => ((part << 8) | Fold(character)) & _partBits;

    // Where the part is, or the empty place where it would be: half of them stay empty.
    private int Slot(UInt128 part)
    {
        var hash = ((ulong)part ^ ((ulong)(part >> 64) * 0x9E3779B97F4A7C15)) * _seed;
        hash ^= hash >> 29;
        var slot = (int)((hash * 0xBF58476D1CE4E5B9) >> _shift);
        while (_parts[slot] != 0 && _parts[slot] != part)
        {
            slot = (slot + 1) & (_parts.Length - 1);
        }

        return slot;
    }
}
