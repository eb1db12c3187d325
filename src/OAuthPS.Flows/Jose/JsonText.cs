using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Jose;

/// <summary>JSON objects that are written member by member: headers and claims of a JWT, the parameters of a redirect.</summary>
internal static class JsonText
{
    /// <summary>An object with what is written into it, without white space.</summary>
    internal static string Object(Action<Utf8JsonWriter> write)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class TextJson : JsonSerializerContext;
