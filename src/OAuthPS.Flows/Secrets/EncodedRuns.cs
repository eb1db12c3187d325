namespace OAuthPS.Flows.Secrets;

/// <summary>What stands in a text in base64 (RFC 4648 sections 4 and 5) or in hex, wherever it begins.</summary>
internal static class EncodedRuns
{
    private const byte NoDigit = 255;

    // Between what two runs hold: UTF-8 has no such byte.
    private const byte Separator = 0xFF;

    private static readonly byte[] _base64 = Digits(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", ('-', '+'), ('_', '/'));
    private static readonly byte[] _hex = Digits(
        "0123456789abcdef", ('A', 'a'), ('B', 'b'), ('C', 'c'), ('D', 'd'), ('E', 'e'), ('F', 'f'));

    /// <param name="reading">The text.</param>
    /// <param name="shortest">The number of bytes below which what is encoded does not matter.</param>
    /// <returns>A reading for each place at which the encoding may begin: a secret may stand anywhere in what was encoded.</returns>
    internal static IEnumerable<TextReading> Decode(TextReading reading, int shortest)
    {
        if (HasRun(reading.Bytes, _base64, ((shortest * 8) + 5) / 6))
        {
            for (var start = 0; start < 4; start++)
            {
                yield return Decode(reading, _base64, 6, start);
            }
        }

        if (HasRun(reading.Bytes, _hex, shortest * 2))
        {
            yield return Decode(reading, _hex, 4, 0);
            yield return Decode(reading, _hex, 4, 1);
        }
    }

    private static bool HasRun(ReadOnlySpan<byte> text, byte[] digits, int length)
    {
        var run = 0;
        foreach (var character in text)
        {
            run = digits[character] == NoDigit ? 0 : run + 1;
            if (run == length)
            {
                return true;
            }
        }

        return false;
    }

    private static TextReading Decode(TextReading reading, byte[] digits, int bitsOfDigit, int start)
    {
        var text = reading.Bytes;
        var result = new TextReading(text.Length + 1);
        var (position, bits, value) = (0, 0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var digit = digits[text[at]];
            if (digit == NoDigit)
            {
                if (position > start)
                {
                    result.Add(Separator, reading.From(at), reading.To(at));
                }

                (position, bits, value) = (0, 0, 0);
            }
            else if (position++ >= start)
            {
                (bits, value) = (bits + bitsOfDigit, (value << bitsOfDigit) | digit);
                if (bits >= 8)
                {
                    // No byte reaches over more than two digits.
                    bits -= 8;
                    result.Add((byte)(value >> bits), reading.From(at - 1), reading.To(at));
                    value &= (1 << bits) - 1;
                }
            }
        }

        return result;
    }

    private static byte[] Digits(string alphabet, params (char Other, char Digit)[] others)
    {
        var digits = new byte[256];
        Array.Fill(digits, NoDigit);
        for (var value = 0; value < alphabet.Length; value++)
        {
            digits[alphabet[value]] = (byte)value;
        }

        foreach (var (other, digit) in others)
        {
            digits[other] = digits[digit];
        }

        return digits;
    }
}
