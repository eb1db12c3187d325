using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What is asked of this machine never leaves it, whatever proxy the environment names.</summary>
public class ProxyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8400/token")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.255.3.9/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://\u246027.0.0.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://loopback/")]
    [InlineData("http://\u24dbocalhost/")]
    [InlineData("https://localhost/")]
    [InlineData("https://api.localhost/")]
    [InlineData("https://a.b.LocalHost./")]
    public void No_spelling_of_this_machine_is_asked_through_a_proxy(string url)
    {
        var proxy = HttpTransport.CreateHandler().Proxy!;

        Assert.True(proxy.IsBypassed(new Uri(url)));
        Assert.Null(proxy.GetProxy(new Uri(url)));
    }

    [Theory]
    [InlineData("https://api.example.com/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://notlocalhost/")]
    [InlineData("https://127.0.0.1.example.com/")]
    [InlineData("https://128.0.0.1/")]
    [InlineData("https://[2001:db8::1]/")]
    public void Any_other_host_is_asked_as_the_process_says(string url)
    {
        var (proxy, processes) = (HttpTransport.CreateHandler().Proxy!, HttpClient.DefaultProxy);

        Assert.Equal((processes.IsBypassed(new Uri(url)), processes.GetProxy(new Uri(url))), (proxy.IsBypassed(new Uri(url)), proxy.GetProxy(new Uri(url))));
        Assert.False(SecureUrl.IsThisMachine(new Uri(url)));
    }

    [Theory]
    [InlineData("http://api.localhost/")]
    [InlineData("http://localhost./")]
    [InlineData("http://0.0.0.0/")]
    public void A_name_that_a_name_server_may_answer_for_gets_no_credentials_in_the_clear(string url) =>
        Assert.False(SecureUrl.IsAllowed(new Uri(url)));
}
