using System.Collections.ObjectModel;

namespace OAuthPS.Flows.Http;

/// <summary>Headers that a user adds to API calls.</summary>
internal static class RequestHeaders
{
    internal const string UserAgent = "User-Agent";

    private static readonly string[] _ownNames = ["Authorization", DPoPProver.HeaderName];

    /// <summary>The same headers, whatever the case of a name.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="content">A body, whose headers may be among them; null where there is none.</param>
    /// <param name="isLenient">Whether a value may be one that the header's own grammar does not have.</param>
    /// <exception cref="OAuthUsageException">
    /// One cannot be sent, or is <c>Authorization</c> or <c>DPoP</c>, which are the session's to set.
    /// </exception>
    internal static IReadOnlyDictionary<string, string> Check(
        IReadOnlyDictionary<string, string> headers, HttpContent? content = null, bool isLenient = false)
    {
        if (headers.Count == 0)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var probe = new HttpRequestMessage { Content = content };
        foreach (var (name, value) in headers)
        {
            if (_ownNames.Contains(name, StringComparer.OrdinalIgnoreCase) || !TryAdd(probe, name, value, isLenient))
            {
                throw Errors.InvalidHeader(name);
            }

            result[name] = value;
        }

        return result;
    }

    /// <summary>Whether a header can be sent with a request of the protocol.</summary>
    internal static bool IsSendable(string name, string value)
    {
        using var probe = new HttpRequestMessage();
        return !_ownNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            && !name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            && TryAdd(probe, name, value, isLenient: false);
    }

    private static bool TryAdd(HttpRequestMessage probe, string name, string value, bool isLenient)
    {
        // .NET takes any character here and fails only when it sends.
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        if (isLenient || name.Equals(UserAgent, StringComparison.OrdinalIgnoreCase))
        {
            // Some servers prescribe a User-Agent that is none of RFC 9110 section 10.1.5: windows:acme:v1 (by /u/acme).
            return probe.Headers.TryAddWithoutValidation(name, value) || TryAddToContent(probe.Content, name, value);
        }

        try
        {
            probe.Headers.Add(name, value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return TryAddToContent(probe.Content, name, value);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            return false;
        }
    }

    // What a body is and how long is the call's to say.
    private static bool TryAddToContent(HttpContent? content, string name, string value) => content is not null
        && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        && content.Headers.TryAddWithoutValidation(name, value);
}
