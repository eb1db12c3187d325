using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A server says no in a dialect of its own: its words arrive, and a code of the specifications counts wherever it stands.</summary>
public class ErrorDialectTests
{
    private static readonly ApiCall _call = new() { Uri = new Uri("/things", UriKind.Relative) };

    [Theory]
    [InlineData("""{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired.","innerError":{"date":"2026-01-02"}}}""", "InvalidAuthenticationToken: Access token has expired.")]
    [InlineData("""{"error":{"code":"0x8","message":{"lang":"en-US","value":"Resource not found for the segment"}}}""", "0x8: Resource not found for the segment.")]
    [InlineData("""{"error":{"code":7,"status":"UNAUTHENTICATED","message":"No key","errors":[{"message":"No key","domain":"global","reason":"required"}],"details":[{"@type":"type.example/ErrorInfo","reason":"KEY_GONE"}]}}""", "UNAUTHENTICATED: No key; KEY_GONE.")]
    [InlineData("""{"errorCode":"E0000068","errorSummary":"Invalid Passcode/Answer","errorId":"oaei","errorCauses":[{"errorSummary":"Your passcode doesn't match."}]}""", "E0000068: Invalid Passcode/Answer; Your passcode doesn't match.")]
    [InlineData("""{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] missing required field: user"]}}""", "invalid_arguments: [ERROR] missing required field: user.")]
    [InlineData("""{"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","status":400,"detail":"Your balance is 30, but that costs 50."}""", "Your balance is 30, but that costs 50.")]
    [InlineData("""{"type":"about:blank","title":"Validation failed.","errors":{"Scope":["The Scope field is required."],"Client":["x","y"]}}""", "Validation failed.; Scope: The Scope field is required.; Client: x; y.")]
    [InlineData("""{"type":"about:blank","title":"Your request is not valid.","invalid-params":[{"name":"age","reason":"must be positive"}]}""", "Your request is not valid.; age: must be positive.")]
    [InlineData("""[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""", "INVALID_SESSION_ID: Session expired or invalid.")]
    [InlineData("""{"errors":[{"code":32,"message":"Could not authenticate you."}]}""", "Could not authenticate you.")]
    [InlineData("""{"errors":["permission denied","no policy"]}""", "permission denied; no policy.")]
    [InlineData("""{"errors":"[API] Unrecognized login"}""", "[API] Unrecognized login.")]
    [InlineData("""{"message":"Bad Request","errors":[{"resource":"Application","field":"client","code":"invalid"}]}""", "Bad Request; Application.client: invalid.")]
    [InlineData("""{"fault":{"faultstring":"Invalid key {0}","detail":{"errorcode":"oauth.v2.InvalidClientIdentifier"}}}""", "oauth.v2.InvalidClientIdentifier: Invalid key {0}.")]
    [InlineData("""{"response":{"errors":[{"code":"250003","message":"Invalid Access Token"}]}}""", "Invalid Access Token.")]
    [InlineData("""{"meta":{"code":400,"errorType":"other","errorDetail":"The endpoint does not exist"}}""", "other: The endpoint does not exist.")]
    [InlineData("""{"__type":"NotAuthorizedException","Message":"Wrong user name"}""", "NotAuthorizedException: Wrong user name.")]
    [InlineData("""{"code":99991663,"msg":"token attached is invalid"}""", "token attached is invalid.")]
    [InlineData("""{"timestamp":1,"status":400,"error":"Bad Request","message":"Unknown tenant","path":"/token"}""", "Bad Request: Unknown tenant.")]
    [InlineData("""{"error":"of_its_own","error_description":["First.","Second"]}""", "of_its_own: First.; Second.")]
    [InlineData("\"Just a sentence\"", "Just a sentence.")]
    public async Task The_words_of_JSON_arrive_by_whatever_names(string body, string words) =>
        await AssertSaysAsync(Wire.Json(body, "400 Bad Request"), "RequestRefused", words);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "error=bad_key&error_description=It+is+of+another+app%2E", "bad_key: It is of another app.")]
    [InlineData("text/plain", "oauth_problem=token_rejected&oauth_problem_advice=Ask%20again", "token_rejected: Ask again.")]
    [InlineData("text/plain; charset=utf-8", "\uFEFF The app is locked.\r\nCall us.\n", "The app is locked.  Call us.")]
    [InlineData("text/plain; charset=iso-8859-1", "Locked", "Locked.")]
    [InlineData("text/plain; charset=utf-7", "Locked out", "Locked out.")]
    [InlineData("text/plain; charset=nobody-knows", "Locked out", "Locked out.")]
    [InlineData("application/json", "upstream is not there", "upstream is not there.")]
    [InlineData("application/xml", "<?xml version=\"1.0\"?><Error><Code>AuthFailed</Code><Message>Not &lt;you&gt; &#x41;.</Message><Id/></Error>", "AuthFailed: Not <you> A.")]
    [InlineData("text/xml", "<s:Envelope xmlns:s=\"urn:x\"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>No such app</faultstring></s:Fault></s:Body></s:Envelope>", "No such app.")]
    [InlineData("application/xml", "<ErrorResponse><Error><Type>Sender</Type><Code>Throttled</Code><Message><![CDATA[Slow <down>]]></Message></Error></ErrorResponse>", "Throttled: Slow <down>.")]
    [InlineData("text/html", "<!doctype html><html><head><TITLE lang=x>\n Blocked &amp; logged </TITLE></head><body><p>Hello</p></body></html>", "Blocked & logged.")]
    public async Task The_words_of_a_form_of_XML_of_a_text_and_of_a_page_arrive(string mediaType, string body, string words) =>
        await AssertSaysAsync($"HTTP/1.1 400 Bad Request\nContent-Type: {mediaType}\n\n{body}", "RequestRefused", words);

    [Theory]
    [InlineData("""{"error":{"code":"invalid_grant","message":"Used"}}""", "InvalidGrant", "invalid_grant: Used.")]
    [InlineData("""{"errors":[{"errorType":"invalid_client","message":"Wrong header"}],"success":false}""", "InvalidClient", "invalid_client: Wrong header.")]
    [InlineData("""{"ErrorCode":"invalid_scope","Error":"Scope is wrong"}""", "InvalidScope", "invalid_scope: Scope is wrong.")]
    [InlineData("""{"error":"Bad Request","message":"unauthorized_client: not for this app"}""", "UnauthorizedClient", "Bad Request: unauthorized_client: not for this app.")]
    [InlineData("""{"error":"bad_verification_code","error_description":"The code is incorrect"}""", "InvalidGrant", "bad_verification_code: The code is incorrect.")]
    [InlineData("<e><code>unsupported_grant_type</code></e>", "UnsupportedGrantType", "unsupported_grant_type.")]
    [InlineData("error=invalid_request&oauth_problem_advice=No+client", "InvalidRequest", "invalid_request: No client.")]
    [InlineData("invalid_grant", "InvalidGrant", "invalid_grant.")]
    public async Task A_code_of_the_specifications_counts_wherever_it_stands(string body, string errorId, string words) =>
        await AssertSaysAsync(Wire.Json(body, "400 Bad Request"), errorId, words);

    [Theory]
    [InlineData("Bearer realm=\"x, y\", error = \"invalid_token\",error_description=\"The \\\"token\\\" is of yesterday\"", "invalid_token: The \"token\" is of yesterday.")]
    [InlineData("Negotiate, Basic realm=x, DPoP algs=\"ES256\", error=insufficient_scope", "insufficient_scope.")]
    [InlineData("Bearer error=\"invalid_token\", error_description=\"never ends", "invalid_token: never ends.")]
    public async Task The_words_of_a_challenge_arrive_though_the_body_is_a_page(string challenge, string words)
    {
        var wire = new Wire().Answers(Given.Token("t0ken")).Otherwise(_ => $"HTTP/1.1 403 Forbidden\nWWW-Authenticate: {challenge}\nContent-Type: text/html\n\n<html>login</html>");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_call, wire.Log));

        Assert.Equal(("Forbidden", true), (error.ErrorId, error.IsApiCall));
        Assert.Contains($"with status 403. It says: {words} ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The quota of this project is used up","status":"RESOURCE_EXHAUSTED"}}""", "application/json", "RESOURCE_EXHAUSTED: The quota of this project is used up.")]
    [InlineData("<Error><Message>Not in this region</Message></Error>", "application/xml", "Not in this region.")]
    [InlineData("no such bucket", "text/plain", "no such bucket.")]
    public async Task An_APIs_words_arrive_from_the_same_forms(string body, string mediaType, string words)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 409 Conflict\nContent-Type: {mediaType}\n\n{body}");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_call, wire.Log));

        Assert.Contains($"with status 409. It says: {words} ", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertSaysAsync(string response, string errorId, string words)
    {
        var wire = new Wire().Answers(response);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal((errorId, 400), (error.ErrorId, error.StatusCode));
        Assert.Contains($"with status 400. It says: {words} ", error.Message, StringComparison.Ordinal);
    }
}
