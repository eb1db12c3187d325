using System.Net;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Tests;

/// <summary>Asserts that no secret shows, in any of the forms that a server may repeat it in.</summary>
internal static class NoSecret
{
    internal static void In(Exception exception, params string[] secrets)
    {
        In(exception.ToString(), secrets);
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            In(inner.Message, secrets);
            Assert.Empty(inner.Data);
        }

        if (exception is OAuthServerException server)
            In($"{server.Error}\n{server.ErrorDescription}\n{server.WhatHappened}\n{server.RecommendedAction}", secrets);
    }

    internal static void In(RecordingLog log, params string[] secrets) => In(log.Text, secrets);

    internal static void In(string shown, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            foreach (var (form, value) in Forms(secret))
                Assert.False(shown.Contains(value, StringComparison.OrdinalIgnoreCase), $"The secret shows {form}, as {value}, in:\n{shown}");
        }
    }

    /// <summary>A secret in the forms a careless or hostile server may repeat it in.</summary>
    internal static IEnumerable<(string Form, string Value)> Forms(string secret) =>
    [
        ("plain", secret),
        ("percent-encoded", Uri.EscapeDataString(secret)),
        ("form-encoded", WebUtility.UrlEncode(secret)),
        ("with every byte percent-encoded", string.Concat(Encoding.UTF8.GetBytes(secret).Select(b => $"%{b:X2}"))),
        ("in base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))),
        ("JSON-escaped", JsonSerializer.Serialize(secret)[1..^1]),
        ("with every character JSON-escaped", string.Concat(secret.Select(c => $"\\u{(int)c:x4}"))),
    ];
}
