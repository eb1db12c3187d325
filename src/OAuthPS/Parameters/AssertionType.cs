using System.Collections;

namespace OAuthPS.Parameters;

/// <summary>Completes the <c>typ</c> of a client assertion.</summary>
public sealed class AssertionTypeCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
    [
        ("client-authentication+jwt", "for an issuer: it can be taken for no other JWT"),
        ("JWT", "any JWT, as RFC 7523 leaves it open"),
    ];
}
