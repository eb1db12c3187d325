using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Values;

/// <summary>
/// Reads JSON into the objects that ConvertFrom-Json makes of it: PSCustomObject, object[], string, long, BigInteger, double, bool, and
/// DateTime for a text that is a date. An object with a name that a PSCustomObject cannot have is an ordered dictionary; nothing is lost.
/// </summary>
internal ref struct ObjectOfJson
{
    // As ConvertFrom-Json.
    private const int MaximumDepth = 1024;

    // To read a whole number of more digits takes the square of their count: it stays a text. ConvertFrom-Json refuses it.
    private const int MaximumDigits = 380;

    private static readonly object _true = true;
    private static readonly object _false = false;

    private static readonly JsonReaderOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaximumDepth,
    };

    private readonly JsonNames _names;
    private readonly JsonMembers _members;
    private readonly List<object?> _items = [];
    private readonly bool _isMended;
    private readonly bool _datesAreText;
    private Utf8JsonReader _reader;

    private ObjectOfJson(ReadOnlySpan<byte> json, JsonNames names, JsonMembers members, bool isMended, bool datesAreText)
    {
        _reader = new Utf8JsonReader(json, _options);
        (_names, _members, _isMended, _datesAreText) = (names, members, isMended, datesAreText);
    }

    /// <summary>Reads the JSON texts that stand in a row: one, or one on each line; none where all is blank.</summary>
    /// <param name="utf8">The texts, in UTF-8.</param>
    /// <param name="datesAreText">Whether a text that is a date stays a text.</param>
    /// <exception cref="JsonException">It is no JSON, or nested deeper than 1024 levels.</exception>
    internal static IReadOnlyList<object?> ReadAll(ReadOnlyMemory<byte> utf8, bool datesAreText)
    {
        try
        {
            return ReadStrict(utf8.Span, isMended: false, datesAreText);
        }
        catch (JsonException) when (JsonRepair.TryMend(utf8.Span) is { } mended)
        {
            return ReadStrict(mended, isMended: true, datesAreText);
        }
    }

    private static List<object?> ReadStrict(ReadOnlySpan<byte> json, bool isMended, bool datesAreText)
    {
        var texts = new List<object?>();
        var names = new JsonNames();
        var members = new JsonMembers();
        while (HasMore(json))
        {
            var reading = new ObjectOfJson(json, names, members, isMended, datesAreText);
            reading._reader.Read();
            texts.Add(reading.ReadValue());
            json = json[(int)reading._reader.BytesConsumed..];
        }

        return texts;
    }

    // Whether a text follows, and not blanks and comments alone.
    private static bool HasMore(ReadOnlySpan<byte> json)
    {
        json = json.TrimStart(" \t\r\n"u8);
        if (json.IsEmpty || json[0] != (byte)'/')
        {
            return !json.IsEmpty;
        }

        var rest = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        while (rest.Read())
        {
            if (rest.TokenType != JsonTokenType.Comment)
            {
                return true;
            }
        }

        return false;
    }

    private object? ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(),
        JsonTokenType.StartArray => ReadArray(),
        JsonTokenType.String => ReadString(),
        JsonTokenType.Number => ReadNumber(),
        JsonTokenType.True => _true,
        JsonTokenType.False => _false,
        _ => null,
    };

    private object ReadObject()
    {
        var start = _members.Count;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Read(ref _reader);
            _reader.Read();
            _members.Add(name, ReadValue());
        }

        return _members.TakeObject(start);
    }

    private object?[] ReadArray()
    {
        var start = _items.Count;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _items.Add(ReadValue());
        }

        var count = _items.Count - start;
        var array = count == 0 ? [] : new object?[count];
        _items.CopyTo(start, array, 0, count);
        _items.RemoveRange(start, count);
        return array;
    }

    private object ReadString()
    {
        if (_datesAreText)
        {
            return JsonString.Read(ref _reader);
        }

        if (!_reader.ValueIsEscaped)
        {
            return JsonDate.TryParse(_reader.ValueSpan, out var date) ? date : _reader.GetString()!;
        }

        var text = JsonString.Read(ref _reader);
        return text.Length <= JsonDate.MaximumLength && JsonDate.TryParse(Encoding.UTF8.GetBytes(text), out var escaped) ? escaped : text;
    }

    private object ReadNumber()
    {
        if (_reader.TryGetInt64(out var number))
        {
            return number;
        }

        var digits = _reader.ValueSpan;
        return digits.TrimStart((byte)'-').ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? _isMended && digits.SequenceEqual(JsonRepair.NotANumber) ? double.NaN : _reader.GetDouble()
            : ReadInteger(Encoding.ASCII.GetString(digits));
    }

    private static object ReadInteger(string digits) =>
        digits.Length > MaximumDigits ? digits : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
}
