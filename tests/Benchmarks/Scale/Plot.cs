using System.Globalization;
using System.Net;
using System.Text;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>A line of a plot.</summary>
internal sealed record Series(string Name, IReadOnlyList<double> Values);

/// <summary>A line plot with logarithmic axes as SVG: where cost does not depend on the number, the line is flat.</summary>
internal static class Plot
{
    private const int Left = 60;
    private const int Top = 44;
    private const int Width = 520;
    private const int Height = 360;

    // Told apart without colour sight too (Okabe and Ito), and by their markers.
    private static readonly string[] _colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    internal static string Draw(string title, string axis, IReadOnlyList<int> counts, IReadOnlyList<Series> series)
    {
        var top = Math.Ceiling(Math.Log10(series.Max(line => line.Values.Max())));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 450" font-family="sans-serif" font-size="13">""");
        svg.Append("""<rect width="920" height="450" fill="white"/>""");
        Text(svg, Left, 24, title, "start", "font-weight=\"bold\"");
        Text(svg, Left + (Width / 2), Top + Height + 38, axis, "middle");
        for (var power = 0; power <= top; power++)
        {
            var y = Y(Math.Pow(10, power), top);
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" y1="{y:0.#}" x2="{Left + Width}" y2="{y:0.#}" stroke="#ddd"/>""");
            Text(svg, Left - 8, y + 4, Math.Pow(10, power).ToString("#,0", CultureInfo.InvariantCulture), "end");
        }

        foreach (var count in counts)
        {
            Text(svg, X(count, counts), Top + Height + 18, count.ToString("#,0", CultureInfo.InvariantCulture), "middle");
        }

        for (var i = 0; i < series.Count; i++)
        {
            Line(svg, series[i], counts, top, _colours[i % _colours.Length], Top + 24 + (i * 26));
        }

        return svg.Append("</svg>\n").ToString().Replace("><", ">\n<", StringComparison.Ordinal);
    }

    private static void Line(StringBuilder svg, Series line, IReadOnlyList<int> counts, double top, string colour, int legend)
    {
        var points = line.Values.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{X(counts[i], counts):0.#},{Y(value, top):0.#}")).ToList();
        svg.Append(CultureInfo.InvariantCulture, $"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{colour}" stroke-width="2"/>""");
        foreach (var point in points)
        {
            var (x, y) = point.Split(',') is [var a, var b] ? (a, b) : ("0", "0");
            svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left + Width + 16}" y1="{legend - 4}" x2="{Left + Width + 40}" y2="{legend - 4}" stroke="{colour}" stroke-width="2"/>""");
        Text(svg, Left + Width + 46, legend, line.Name, "start");
    }

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, string more = "") => svg.Append(
        CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" {more}>{WebUtility.HtmlEncode(text)}</text>""");

    private static double X(int count, IReadOnlyList<int> counts) => Left + (Width * Math.Log10(count) / Math.Log10(counts[^1]));

    private static double Y(double value, double top) => Top + Height - (Height * Math.Max(0, Math.Log10(Math.Max(value, 1))) / top);
}
