using System.Collections;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using OAuthPS.Flows.Api;
using OAuthPS.Values;

namespace OAuthPS.Calls;

/// <summary>What a user gives as a body, as it goes over the wire.</summary>
internal static class RequestContent
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Xml = "application/xml; charset=utf-8";

    /// <summary>The value of <c>-Body</c>.</summary>
    /// <param name="body">The value.</param>
    /// <param name="contentType">The media type that was given; null for the one that suits the value.</param>
    /// <param name="cmdlet">The cmdlet, which an object that cannot be sent ends.</param>
    /// <param name="timeout">How long an object may take to write.</param>
    internal static ApiContent Of(object body, string? contentType, OAuthCmdlet cmdlet, TimeSpan? timeout) =>
        body.Bare() switch
        {
            byte[] bytes => ApiContent.FromBytes(bytes, contentType ?? ApiContent.Json),
            string text => ApiContent.FromText(text, contentType ?? ApiContent.Json),
            FileInfo file => OfFile(file.FullName, contentType),
            XmlNode node => ApiContent.FromText(node.OuterXml, contentType ?? Xml),
            IDictionary fields when Is(contentType, Form) =>
                ApiContent.FromText(FormFields.Encode(FormFields.RequireFlat(fields, cmdlet)), contentType!),
            _ when contentType is null || ApiContent.IsJson(contentType) =>
                ApiContent.FromText(Encoding.UTF8.GetString(Json.Of(body, cmdlet, timeout)), contentType ?? ApiContent.Json),
            IFormattable value => ApiContent.FromText(value.ToString(null, CultureInfo.InvariantCulture), contentType!),
            _ => throw cmdlet.Refuse(ErrorRecords.BodyNotOfType(contentType!)),
        };

    /// <summary>A file, by the media type that was given or the one of its name.</summary>
    internal static ApiContent OfFile(string path, string? contentType) => ApiContent.FromFile(
        path,
        contentType ?? (Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => ApiContent.Json,
            ".XML" => "application/xml",
            _ => ApiContent.OctetStream,
        }));

    private static bool Is(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && mediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);
}
