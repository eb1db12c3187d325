using System.Text;

namespace OAuthPS.Flows.Tests;

/// <summary>Damages what was valid: bytes changed, lost, repeated, cut off, and pieces put in that mean something there.</summary>
internal static class Mutation
{
    internal static byte[] Of(byte[] bytes, string[] pieces, Random random)
    {
        var list = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < list.Count:
                    list[at] = (byte)random.Next(256);
                    break;
                case 1 when at < list.Count:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    list.RemoveRange(at, random.Next(Math.Min(12, list.Count - at) + 1));
                    break;
                case 3:
                    list.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
                case 4:
                    var from = random.Next(list.Count + 1);
                    list.InsertRange(at, list.GetRange(from, random.Next(Math.Min(40, list.Count - from) + 1)));
                    break;
                default:
                    list.RemoveRange(at, random.Next(8) == 0 ? list.Count - at : 0);
                    break;
            }
        }

        return [.. list];
    }
}
