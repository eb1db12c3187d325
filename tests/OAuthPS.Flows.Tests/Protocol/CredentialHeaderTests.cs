using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A credential that the caller gives by themselves, in a header or the query of a call, is as secret as the session's.</summary>
public class CredentialHeaderTests
{
    private const string Value = "s3lf-given-cr3dential";

    [Theory]
    [InlineData("X-Api-Key", Value)]
    [InlineData("ocp-apim-subscription-key", Value)]
    [InlineData("X-Auth-Token", Value)]
    [InlineData("Proxy-Authorization", "Bearer " + Value)]
    [InlineData("Cookie", "sid=" + Value + "; theme=dark")]
    [InlineData("X-Client-Secret", Value)]
    public async Task A_header_that_is_a_credential_by_its_name_is_not_shown_when_the_API_repeats_it(string name, string value)
    {
        foreach (var (_, echo) in NoSecret.Forms(Value))
        {
            var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json($$"""{"message":"{{echo.Replace("\\", "\\\\", StringComparison.Ordinal)}} is not known"}""", "403 Forbidden"));
            var session = await wire.ConnectAsync(Given.Blynk);

            var failure = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(
                new ApiCall { Uri = new Uri("/x", UriKind.Relative), Headers = new Dictionary<string, string> { [name] = value } }, wire.Log));

            Assert.Contains("*** is not known", failure.Message, StringComparison.Ordinal);
            NoSecret.In(failure, Value);
            NoSecret.In(wire.Log, Value);
        }
    }

    [Theory]
    [InlineData("/x?api_key=" + Value)]
    [InlineData("/x?page=2&access_token=" + Value)]
    [InlineData("/x?SECRET=s3lf%2Dgiven%2Dcr3dential&page=2")]
    public async Task So_is_a_value_of_the_query(string uri)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json($$"""{"message":"{{Value}} is not known"}""", "403 Forbidden"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = new Uri(uri, UriKind.Relative) }, wire.Log));

        Assert.Contains("*** is not known", failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, Value);
    }

    [Fact]
    public async Task Other_headers_and_values_are_shown_when_the_API_repeats_them()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json("""{"message":"tenant number-forty-two has no page seventy-seven-hundred"}""", "403 Forbidden"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(
            new ApiCall { Uri = new Uri("/x?page=seventy-seven-hundred", UriKind.Relative), Headers = new Dictionary<string, string> { ["X-Tenant"] = "number-forty-two" } }, wire.Log));

        Assert.Contains("tenant number-forty-two has no page seventy-seven-hundred", failure.Message, StringComparison.Ordinal);
    }
}
