using System.Text;

namespace OAuthPS.Benchmarks;

/// <summary>A list as an API gives it: members of each kind, the same names in each item.</summary>
internal static class ApiItems
{
    internal static byte[] Of(int count) => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(1, count).Select(Item))}]");

    private static string Item(int number) =>
        $$"""
        {"id":{{number}},"name":"Location {{number}}","createdAt":"2026-03-01T12:30:15Z","active":true,"price":{{number}}.25,"parent":null,"address":{"street":"Long Road {{number}}","city":"Łódź","country":"PL"},"tags":["first","second"],"url":"https://api.example.com/v1/locations/{{number}}"}
        """;
}
