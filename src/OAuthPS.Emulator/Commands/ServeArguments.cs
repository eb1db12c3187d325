using System.Globalization;

namespace OAuthPS.Emulator;

/// <summary>The command line of <c>serve</c>.</summary>
internal sealed record ServeArguments
{
    public EmulatorOptions Options { get; private set; } = new();

    public bool ExitWithParent { get; private set; }

    public bool Help { get; private set; }

    /// <summary>What is wrong with the command line; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public static ServeArguments Parse(IEnumerable<string> arguments)
    {
        var parsed = new ServeArguments();
        using var rest = arguments.GetEnumerator();
        while (parsed.Problem is null && rest.MoveNext())
        {
            parsed.Take(rest.Current, () => rest.MoveNext() ? rest.Current : null);
        }

        return parsed;
    }

    private void Take(string option, Func<string?> next)
    {
        switch (option)
        {
            case "--port":
                if (Number(option, next(), 0, 65535) is { } port)
                {
                    Options = Options with { Port = port };
                }

                break;
            case "--token-lifetime":
                if (Number(option, next(), -86400, 365 * 86400) is { } seconds)
                {
                    Options = Options with { TokenLifetime = TimeSpan.FromSeconds(seconds) };
                }

                break;
            case "--exit-with-parent":
                ExitWithParent = true;
                break;
            case "--help" or "-h":
                Help = true;
                break;
            default:
                Problem = $"serve has no option '{option}'.";
                break;
        }
    }

    private int? Number(string option, string? text, int least, int most)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Problem = $"{option} wants a whole number from {least} to {most}.";
        return null;
    }
}
