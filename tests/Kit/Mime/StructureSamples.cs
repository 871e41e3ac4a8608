using System.Globalization;
using System.Text;
using static TlsOrLink.Tests.Kit.Mime.BrokenSamples;
using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Malformed boundaries, and structures at the limits.</summary>
internal static class StructureSamples
{
    public static IEnumerable<MimeSample> All() => [.. Boundaries(), .. Extremes()];

    private static IEnumerable<MimeSample> Boundaries()
    {
        yield return Of("no-final-boundary", Good.Replace("--=_mixed--\n", "", StringComparison.Ordinal));
        yield return Of("boundary-unquoted", Good.Replace("\"=_mixed\"", "=_mixed", StringComparison.Ordinal));
        yield return Of(
            "boundary-begins-another",
            Mixed(Multi("alternative", "=_mixed2", Text("Still there."), Html("Still there.")), Attached(Pdf))
        ) with
        {
            HasHtml = true,
        };
        yield return Of(
            "spaces-behind-boundary",
            Good.Replace("--=_mixed\n", "--=_mixed  \n", StringComparison.Ordinal)
        );
        yield return Of(
            "no-boundary-parameter",
            Good.Replace("; boundary=\"=_mixed\"", "", StringComparison.Ordinal),
            Whole
        );
        yield return Of(
            "another-boundary-in-the-body",
            Good.Replace("--=_mixed", "--=_other", StringComparison.Ordinal),
            Whole
        );
        yield return Of("file-behind-the-end", Mixed(Text("Still there.")) + $"--=_mixed\n{Attached(Pdf)}", Whole);
        yield return Of(
            "file-before-the-first-boundary",
            $"Content-Type: multipart/mixed; boundary=b\n\n{Attached(Pdf)}\n--b\n{Text("Still there.")}\n--b--\n",
            Whole
        );
        yield return Of(
            "inner-boundary-missing",
            Mixed(Text("Still there."), $"Content-Type: multipart/mixed; boundary=in\n\n{Attached(Pdf)}"),
            Whole
        );
        yield return Of(
            "no-final-boundary-and-no-files",
            Multi("alternative", "a", Text("Still there."), Html("Still there."))
                .Replace("--a--\n", "", StringComparison.Ordinal),
            NoFiles
        ) with
        {
            Files = [],
            HasHtml = true,
        };
        yield return Of("no-type", $"\nStill there.\n", NoFiles) with
        {
            Files = [],
        };
    }

    private static IEnumerable<MimeSample> Extremes()
    {
        var many = Enumerable
            .Range(1, 600)
            .Select(i => File(string.Create(CultureInfo.InvariantCulture, $"f{i}.pdf"), "many", 70))
            .ToArray();
        yield return Of("600-files", Mixed([Text("Still there."), .. many.Select(Attached)]), Whole) with
        {
            Files = [.. many.Take(3)],
        };
        var three = many.Take(300).ToArray();
        yield return Of("300-files", Mixed([Text("Still there."), .. three.Select(Attached)])) with
        {
            Files = three,
        };
        var deep = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            deep.Append(
                CultureInfo.InvariantCulture,
                $"Content-Type: multipart/mixed; boundary=\"=_d{i}d\"\n\n--=_d{i}d\n"
            );
        }

        deep.Append(Text("Still there."));
        for (var i = 199; i >= 0; i--)
        {
            deep.Append(i == 100 ? $"\n--=_d100d\n{Attached(Pdf)}" : "")
                .Append(CultureInfo.InvariantCulture, $"\n--=_d{i}d--\n");
        }

        yield return Of("200-deep", deep.ToString());
    }
}
