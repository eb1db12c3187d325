using System.Globalization;

namespace OAuthPS.Emulator;

/// <summary>The command line of <c>serve</c>.</summary>
internal sealed record ServeArguments
{
    private readonly List<(string Provider, string? Dialect)> _rehearsals = [];

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

        parsed.ReadRehearsals();
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
            case "--provider":
                if (File(option, next()) is { } provider)
                {
                    _rehearsals.Add((provider, null));
                }

                break;
            case "--dialect":
                if (_rehearsals is not [.., (_, null)])
                {
                    Problem = "--dialect belongs to the --provider before it, and there is one dialect for each.";
                }
                else if (File(option, next()) is { } dialect)
                {
                    _rehearsals[^1] = (_rehearsals[^1].Provider, dialect);
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

    private void ReadRehearsals()
    {
        try
        {
            if (Problem is null)
            {
                Options = Options with { Rehearsals = [.. _rehearsals.Select(files => Rehearsal.Read(files.Provider, files.Dialect))] };
            }
        }
        catch (InvalidDataException unusable)
        {
            Problem = unusable.Message;
        }
    }

    private string? File(string option, string? path)
    {
        Problem = string.IsNullOrEmpty(path) ? $"{option} wants the path of a file." : null;
        return path;
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
