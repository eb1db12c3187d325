using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The part of Spacebring's API that is there: networks, locations and the categories of benefits.</summary>
internal sealed class SpacebringApi(EmulatorContext emulator, SpacebringAccess access)
{
    private static readonly (string Id, string Title)[] _locations =
    [
        ("0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01", "Harbour House"),
        ("0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c02", "Old Mill"),
    ];

    private readonly SpacebringCategories _categories = new(emulator);

    /// <summary><c>GET /networks/v1</c>: "all networks you are in", for any scope and without the network's header.</summary>
    public Answer Networks(HttpContext context) => access.Refuse(context) ?? Answer.Json(200, new JsonObject
    {
        ["networks"] = new JsonArray(new JsonObject { ["id"] = DemoAccounts.SpacebringNetworkId, ["title"] = "Demo Network" }),
    });

    /// <summary><c>GET /locations/v1</c>.</summary>
    public Answer Locations(HttpContext context) => access.RefuseToRead(context, "locations") ?? Answer.Json(200, new JsonObject
    {
        ["locations"] = new JsonArray([.. _locations.Select(Shown)]),
    });

    /// <summary><c>GET /benefits/categories/v1?locationRef=…</c>.</summary>
    public Answer Categories(HttpContext context) => access.RefuseToRead(context, "benefits")
        ?? (RequestParameters.FromQuery(context)["locationRef"] is { } location && IsLocation(location)
            ? _categories.List(location)
            : SpacebringError.Of(400, "The parameter locationRef is not the id of a location."));

    /// <summary><c>POST /benefits/categories/v1</c>.</summary>
    public Answer CreateCategory(HttpContext context)
        => access.RefuseToWrite(context, "benefits") ?? _categories.Create(context, IsLocation);

    private static bool IsLocation(string id) => _locations.Any(location => location.Id == id);

    private static JsonObject Shown((string Id, string Title) location)
        => new() { ["id"] = location.Id, ["networkRef"] = DemoAccounts.SpacebringNetworkId, ["title"] = location.Title };
}
