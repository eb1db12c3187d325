using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Net;
using System.Numerics;
using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OAuthPS.Values;

/// <summary>
/// Writes an object as JSON, as ConvertTo-Json does, within bounds. An object such as a file or a process leads to itself and to the
/// whole system; ConvertTo-Json follows it for minutes and gigabytes, and cuts off what is too deep with a warning.
/// </summary>
internal sealed class JsonOfObject
{
    // As much as a JSON reader takes unless it is told otherwise.
    private const int MaximumDepth = 64;
    private const int MaximumValues = 1_000_000;
    private const int MaximumSize = 64 * 1024 * 1024;

    // Not for HTML: a body is read as JSON alone, and people look at it.
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Utf8JsonWriter _writer;
    private readonly CancellationToken _cancellationToken;
    private int _values;

    private JsonOfObject(Utf8JsonWriter writer, CancellationToken cancellationToken) =>
        (_writer, _cancellationToken) = (writer, cancellationToken);

    /// <exception cref="NotJsonException">The object is beyond the bounds.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static ReadOnlyMemory<byte> Write(object? value, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(bytes, _options);
            new JsonOfObject(writer, cancellationToken).Write(value, depth: 0);
        }
        catch (Exception failure) when (failure is not (NotJsonException or OperationCanceledException or PipelineStoppedException))
        {
            // A list may be the work of a script or of a connection, and fail in the middle.
            throw new NotJsonException("has a list or a key that fails when it is read");
        }

        return bytes.WrittenMemory;
    }

    private void Write(object? value, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_values > MaximumValues || _writer.BytesCommitted + _writer.BytesPending > MaximumSize)
        {
            throw new NotJsonException("has more than a million values, or 64 MiB");
        }

        var bare = value.Bare();
        if (bare is null or DBNull or NullString || ReferenceEquals(value, AutomationNull.Value))
        {
            _writer.WriteNullValue();
        }
        else if (!TryWriteScalar(bare))
        {
            WriteContainer(
                bare switch
                {
                    // The result of work that has not ended is waited for by whoever reads it.
                    Task => throw new NotJsonException("is a task, and not what the task gives"),
                    SecureString or PSCredential or NetworkCredential =>
                        throw new NotJsonException("has a SecureString or a credential in it, whose text is not written"),
                    _ => bare,
                },
                value as PSObject,
                depth);
        }
    }

    private bool TryWriteScalar(object value)
    {
        switch (value)
        {
            case string text: _writer.WriteStringValue(text); break;
            case char character: _writer.WriteStringValue(character.ToString()); break;
            case bool truth: _writer.WriteBooleanValue(truth); break;
            case Enum: _writer.WriteRawValue(Enum.Format(value.GetType(), value, "D")); break;
            case byte or sbyte or short or ushort or int or uint or long: _writer.WriteNumberValue(
                Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: _writer.WriteNumberValue(number); break;
            case decimal number: WriteReal(number.ToString(CultureInfo.InvariantCulture)); break;
            case float number when float.IsFinite(number): WriteReal(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number when double.IsFinite(number): WriteReal(number.ToString(CultureInfo.InvariantCulture)); break;
            case float or double: _writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case BigInteger number: _writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case DateTime moment: _writer.WriteStringValue(moment); break;
            case DateTimeOffset moment: _writer.WriteStringValue(moment); break;
            case Guid id: _writer.WriteStringValue(id); break;
            case Uri address: _writer.WriteStringValue(address.OriginalString); break;
            default: return false;
        }

        return true;
    }

    // Some servers tell 1.0 from 1: it stays what it was when it was read.
    private void WriteReal(string number) => _writer.WriteRawValue(
        number.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{number}.0" : number, skipInputValidation: true);

    private void WriteContainer(object value, PSObject? wrapped, int depth)
    {
        if (depth >= MaximumDepth)
        {
            throw new NotJsonException($"is nested deeper than {MaximumDepth} levels, or leads back to itself");
        }

        if (value is IEnumerable and not IDictionary)
        {
            _writer.WriteStartArray();
            foreach (var item in (IEnumerable)value)
            {
                Write(item, depth + 1);
            }

            _writer.WriteEndArray();
            return;
        }

        _writer.WriteStartObject();
        if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                WriteMember(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value, depth);
            }
        }

        foreach (var property in PropertiesOf(value, wrapped))
        {
            WriteMember(property.Name, ValueOf(property), depth);
        }

        _writer.WriteEndObject();
    }

    // A dictionary has its entries, and what Add-Member has put beside them; to look for that where nothing is costs more than all else.
    private static IEnumerable<PSPropertyInfo> PropertiesOf(object value, PSObject? wrapped) => value is IDictionary
        ? wrapped?.Properties.OfType<PSNoteProperty>() ?? []
        : (wrapped ?? PSObject.AsPSObject(value)).Properties.Where(property => property.IsGettable);

    private void WriteMember(string name, object? value, int depth)
    {
        _writer.WritePropertyName(name);
        Write(value, depth + 1);
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            // As ConvertTo-Json: many an object has a property that fails in its state.
            return null;
        }
    }
}

/// <summary>An object that cannot be sent as JSON.</summary>
internal sealed class NotJsonException(string flaw) : Exception
{
    /// <summary>What is wrong with it, after "The value".</summary>
    internal string Flaw { get; } = flaw;
}
