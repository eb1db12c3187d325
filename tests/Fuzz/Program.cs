using OAuthPS.Fuzz;
using SharpFuzz;

// "<target>" is run by afl-fuzz; "replay <target> <file>..." takes inputs one by one, and says which one fails and how long each took.
switch (args)
{
    case ["replay", var name, .. var files]:
        foreach (var file in files)
        {
            var started = TimeProvider.System.GetTimestamp();
            Targets.All[name](File.ReadAllBytes(file));
            Console.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms {file}");
        }

        break;
    case [var name] when Targets.All.TryGetValue(name, out var target):
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target(input.ToArray());
        });
        break;
    default:
        Console.Error.WriteLine($"Give one of {string.Join(", ", Targets.All.Keys)}.");
        return 2;
}

return 0;
