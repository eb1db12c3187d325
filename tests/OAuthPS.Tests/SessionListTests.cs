using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Tests;

public class SessionListTests
{
    private readonly SessionList _sessions = new();

    [Fact]
    public async Task The_one_added_last_is_the_current_one_and_the_one_before_it_follows_it()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        Assert.Null(_sessions.Current);

        _sessions.Add(first);
        _sessions.Add(second);
        Assert.Same(second, _sessions.Current);

        _sessions.Remove(second);
        Assert.Same(first, _sessions.Current);
        Assert.Null(_sessions.Find("second"));
    }

    [Fact]
    public async Task One_of_the_same_name_takes_the_place_whatever_the_case_and_is_the_current_one()
    {
        var (before, other, after) = (await OpenAsync("name"), await OpenAsync("other"), await OpenAsync("NAME"));
        _sessions.Add(before);
        _sessions.Add(other);

        _sessions.Add(after);

        Assert.Equal([other, after], _sessions.All);
        Assert.Same(after, _sessions.Find("Name"));
    }

    [Fact]
    public async Task A_session_that_was_replaced_does_not_take_the_new_one_out_with_it()
    {
        var (before, after) = (await OpenAsync("name"), await OpenAsync("name"));
        _sessions.Add(before);
        _sessions.Add(after);

        _sessions.Remove(before);

        Assert.Same(after, _sessions.Find("name"));
    }

    // HTTP Basic on every call: nothing is sent to open it.
    private static Task<OAuthSession> OpenAsync(string name) => OAuthConnection.ConnectAsync(new ConnectRequest
    {
        Provider = BuiltInProviders.Get("Spacebring"),
        Name = name,
        Client = new OAuthClient("client id", new Secret("client secret")),
    });
}
