using System.Net.Http.Headers;
using System.Text;

namespace OAuthPS.Flows.Api;

/// <summary>A part of a form: a field with text, or a file.</summary>
public sealed class ApiFormPart
{
    private readonly string? _text;
    private readonly string? _file;

    private ApiFormPart(string name, string? text, string? file) => (Name, _text, _file) = (name, text, file);

    /// <summary>The name of the field.</summary>
    public string Name { get; }

    internal bool IsFile => _file is not null;

    /// <summary>A field with text, sent in UTF-8.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="text">The text.</param>
    public static ApiFormPart FromText(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        return new(name, text, file: null);
    }

    /// <summary>A file, sent with its name and read while it is sent.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="path">The file.</param>
    public static ApiFormPart FromFile(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        return new(name, text: null, path);
    }

    /// <exception cref="OAuthUsageException">
    /// The file is not there, cannot be read, or is no ordinary file with something in it.
    /// </exception>
    internal HttpContent Create(Action<long> advanced)
    {
        HttpContent content = _file is null
            ? new StringContent(_text!, Encoding.UTF8)
            : new ApiFileContent.FileStreamContent(ApiFileContent.Open(_file), advanced)
            {
                Headers = { ContentType = new MediaTypeHeaderValue(ApiContent.OctetStream) },
            };
        var fileName = _file is null ? "" : $"; filename=\"{Escape(Path.GetFileName(_file))}\"";
        content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{Escape(Name)}\"{fileName}");
        return content;
    }

    // As browsers write it (RFC 7578 section 4.2 leaves it open): in UTF-8, with what would end the text escaped.
    private static string Escape(string text) => text
        .Replace("\"", "%22", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}

/// <summary>A form of several parts as the body of a call (RFC 7578).</summary>
internal sealed class ApiFormContent(IReadOnlyList<ApiFormPart> parts) : ApiContent(FormData)
{
    private const string FormData = "multipart/form-data";

    internal override bool IsTransfer => parts.Any(part => part.IsFile);

    internal override string Size => $"{parts.Count} parts";

    internal override HttpContent Create(Action<long> advanced)
    {
        var boundary = Guid.NewGuid().ToString("N");
        var form = new MultipartContent("form-data", boundary) { HeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        try
        {
            foreach (var part in parts)
            {
                form.Add(part.Create(advanced));
            }
        }
        catch
        {
            form.Dispose();
            throw;
        }

        // .NET quotes the boundary, which old servers do not understand.
        form.Headers.ContentType = new MediaTypeHeaderValue(FormData) { Parameters = { new("boundary", boundary) } };
        return form;
    }
}
