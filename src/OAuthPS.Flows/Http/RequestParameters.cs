using System.Collections;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>One parameter of a request. Not a record: a record would print its value.</summary>
internal sealed class RequestParameter(string name, string value, bool isSecret)
{
    internal string Name { get; } = name;

    internal string Value { get; } = value;

    internal bool IsSecret { get; } = isSecret;

    public override string ToString() => $"{Name}={(IsSecret ? Secret.Mask : Value)}";
}

/// <summary>
/// The parameters of a request in the order they are sent: each at most once (RFC 6749 section 3.2), but for those whose own
/// specification allows more (<c>resource</c>, <c>audience</c>).
/// </summary>
internal sealed class RequestParameters : IReadOnlyCollection<RequestParameter>
{
    // What a user adds may be anything, a key of an API included: only names known to be harmless are shown.
    private static readonly HashSet<string> _showable = new(StringComparer.Ordinal)
    {
        "access_type", "acr_values", "audience", "claims_locales", "display", "hd", "login_hint", "max_age", "organization", "prompt",
        "request_credentials", "resource", "response_mode", "scope", "tenant", "ui_locales",
    };

    private readonly List<RequestParameter> _items = [];

    // They stand inside of another value, and the server can read them there.
    private readonly List<string> _signedSecrets = [];

    public int Count => _items.Count;

    internal IEnumerable<string> SecretValues => _items.Where(item => item.IsSecret).Select(item => item.Value).Concat(_signedSecrets);

    /// <summary>The value of the first parameter of a name; null where there is none.</summary>
    internal string? Value(string name)
    {
        foreach (var item in _items)
        {
            if (item.Name == name)
            {
                return item.Value;
            }
        }

        return null;
    }

    internal void Add(string name, string value) => _items.Add(new RequestParameter(name, value, isSecret: false));

    internal void Add(string name, Secret value) => _items.Add(new RequestParameter(name, value.Reveal(), isSecret: true));

    /// <summary>Adds parameters as the client has signed them. They are signed, not hidden: it is as secret as any of them.</summary>
    internal void AddSigned(string name, string jwt, RequestParameters signed)
    {
        _signedSecrets.AddRange(signed.SecretValues);
        _items.Add(new RequestParameter(name, jwt, isSecret: _signedSecrets.Count > 0));
    }

    /// <summary>Puts a value in the place of the one a parameter has.</summary>
    internal void Replace(string name, string value)
    {
        var index = _items.FindIndex(item => item.Name == name);
        _items[index] = new RequestParameter(name, value, isSecret: false);
    }

    /// <summary>Adds a parameter that the request has not.</summary>
    internal void AddMissing(string name, string value)
    {
        if (Value(name) is null)
        {
            Add(name, value);
        }
    }

    /// <summary>Adds the parameters of a request that this one carries, but for those it has already.</summary>
    internal void AddMissing(RequestParameters others)
    {
        var taken = _items.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        _items.AddRange(others.Where(item => !taken.Contains(item.Name)));
        _signedSecrets.AddRange(others._signedSecrets);
    }

    /// <summary>Adds what the user gave by hand; it may add to a request, not replace a part of it.</summary>
    /// <param name="additional">What the user gave.</param>
    /// <param name="besides">The other parameters of the same request, which it may not repeat either.</param>
    internal void AddAdditional(IReadOnlyDictionary<string, string> additional, RequestParameters? besides = null)
    {
        foreach (var (name, value) in additional)
        {
            var taken = _items.Concat(besides ?? []).Where(item => item.Name == name).ToList();
            if (taken.Count == 1 && taken[0].Value == value)
            {
                // As it is already: it was meant for another request of the flow.
                continue;
            }

            if (taken.Count > 0)
            {
                throw Errors.AdditionalParameterTaken(name);
            }

            _items.Add(new RequestParameter(name, value, !_showable.Contains(name)));
        }
    }

    /// <summary>The parameters as a JSON object of texts; those that come several times are lists.</summary>
    internal string ToJson() => JsonText.Object(members =>
    {
        foreach (var values in _items.GroupBy(item => item.Name, item => item.Value))
        {
            members.WritePropertyName(values.Key);
            if (values.Count() == 1)
            {
                members.WriteStringValue(values.First());
                continue;
            }

            members.WriteStartArray();
            foreach (var value in values)
            {
                members.WriteStringValue(value);
            }

            members.WriteEndArray();
        }
    });

    public IEnumerator<RequestParameter> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The parameters as they may be shown.</summary>
    public override string ToString() => string.Join("&", _items);
}
