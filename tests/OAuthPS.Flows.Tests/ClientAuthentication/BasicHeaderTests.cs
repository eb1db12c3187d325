using System.Text;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

public class BasicHeaderTests
{
    [Fact]
    public void The_two_forms_differ_for_the_very_values_of_the_documented_example()
    {
        var plain = BasicHeader.Create("client id", new Secret("client secret"), BasicEncoding.Plain);
        var encoded = BasicHeader.Create("client id", new Secret("client secret"), BasicEncoding.FormEncoded);

        Assert.Equal("Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=", plain.ToString());
        Assert.Equal("client+id:client+secret", Decode(encoded.Parameter!));
        Assert.Equal("Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=", encoded.ToString());
    }

    [Theory]
    [InlineData("abc", "s3cr3t", "abc:s3cr3t", "abc:s3cr3t")]
    [InlineData("a%b", "c+d", "a%b:c+d", "a%25b:c%2Bd")]
    [InlineData("ä", "€ 😀", "ä:€ 😀", "%C3%A4:%E2%82%AC+%F0%9F%98%80")]
    [InlineData("id", "with:colon", "id:with:colon", "id:with%3Acolon")]
    [InlineData("id", "-._~", "id:-._~", "id:-._~")]
    public void Values_are_joined_as_they_are_or_form_encoded_first(string id, string secret, string plain, string encoded)
    {
        Assert.Equal(plain, Decode(BasicHeader.Create(id, new Secret(secret), BasicEncoding.Plain).Parameter!));
        Assert.Equal(encoded, Decode(BasicHeader.Create(id, new Secret(secret), BasicEncoding.FormEncoded).Parameter!));
    }

    [Fact]
    public void A_colon_in_the_id_is_refused_in_the_plain_form_and_encoded_in_the_other()
    {
        var error = Assert.Throws<OAuthUsageException>(() => BasicHeader.Create("urn:me", new Secret("s3cr3t"), BasicEncoding.Plain));

        Assert.Equal("InvalidCredential", error.ErrorId);
        NoSecret.In(error, "s3cr3t");
        Assert.Equal("urn%3Ame:s3cr3t", Decode(BasicHeader.Create("urn:me", new Secret("s3cr3t"), BasicEncoding.FormEncoded).Parameter!));
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
