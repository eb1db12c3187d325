using System.Formats.Asn1;

namespace OAuthPS.Flows.Secrets;

/// <summary>What a structure in DER is, by the label that PEM has for it (RFC 7468).</summary>
internal static class DerLabel
{
    /// <returns>The label; null where it is neither a key nor a certificate, or not whole.</returns>
    internal static string? Of(ReadOnlyMemory<byte> der)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.BER);
            var members = reader.ReadSequence();
            return reader.HasData ? null : LabelOf(Next(members), Next(members), Next(members));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string? LabelOf(Asn1Tag? first, Asn1Tag? second, Asn1Tag? third) =>
        (first?.TagValue, second?.TagValue, third?.TagValue) switch
    {
        // Version, algorithm, key (RFC 5958 section 2).
        ((int)UniversalTagNumber.Integer, (int)UniversalTagNumber.Sequence, (int)UniversalTagNumber.OctetString) => "PRIVATE KEY",

        // Algorithm, encrypted key (RFC 5958 section 3).
        ((int)UniversalTagNumber.Sequence, (int)UniversalTagNumber.OctetString, null) => "ENCRYPTED PRIVATE KEY",

        // Version, modulus, exponent and more; a public key has but these two (RFC 8017 appendix A.1).
        ((int)UniversalTagNumber.Integer, (int)UniversalTagNumber.Integer, (int)UniversalTagNumber.Integer) => "RSA PRIVATE KEY",
        ((int)UniversalTagNumber.Integer, (int)UniversalTagNumber.Integer, null) => "RSA PUBLIC KEY",

        // Version, key, curve (RFC 5915 section 3).
        ((int)UniversalTagNumber.Integer, (int)UniversalTagNumber.OctetString, _) => "EC PRIVATE KEY",

        // Algorithm, key; what is certified, algorithm, signature (RFC 5280 section 4.1).
        ((int)UniversalTagNumber.Sequence, (int)UniversalTagNumber.BitString, null) => "PUBLIC KEY",
        ((int)UniversalTagNumber.Sequence, (int)UniversalTagNumber.Sequence, (int)UniversalTagNumber.BitString) => "CERTIFICATE",
        _ => null,
    };

    private static Asn1Tag? Next(AsnReader members)
    {
        if (!members.HasData)
        {
            return null;
        }

        var tag = members.PeekTag();
        members.ReadEncodedValue();
        return tag;
    }
}
