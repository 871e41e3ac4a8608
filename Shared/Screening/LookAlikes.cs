using System.Globalization;
using System.Text;
using TlsOrLink.Domains;

namespace TlsOrLink.Screening;

/// <summary>Domains whose names are easily taken for one another. Pure.</summary>
internal static class LookAlikes
{
    private const int ShortLabel = 4;
    private const int LongLabel = 9;
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    // Letters of other scripts that look like Latin ones (of Unicode's confusables, those that IDNA allows in small letters).
    private const string Foreign = "аɑαԁеєғɡһіιїјкκӏмοоӧөрρԛѕтυυѵνѡωхχуүʏ";
    private const string Latin = "aaadeefghiiijkklmooooppqstuuvvwwxxyyy";

    /// <summary>The first of the known domains that this one looks like; null where there is none, or it is known itself.</summary>
    public static MailDomain? Find(MailDomain domain, IReadOnlyCollection<MailDomain> known)
    {
        if (known.Contains(domain))
        {
            return null;
        }

        var (name, skeleton) = (Unicode(domain), Skeleton(domain));
        foreach (var other in known)
        {
            if (!IsBelow(domain, other) && !IsBelow(other, domain) && IsLike(name, skeleton, other))
            {
                return other;
            }
        }

        return null;
    }

    private static bool IsLike(string name, string skeleton, MailDomain other)
    {
        if (string.Equals(skeleton, Skeleton(other), StringComparison.Ordinal))
        {
            return true;
        }

        var otherName = Unicode(other);
        var label = Math.Min(LongestLabel(name), LongestLabel(otherName));
        var allowed =
            label <= ShortLabel ? 0
            : label < LongLabel ? 1
            : 2;
        return allowed > 0
            && Math.Abs(name.Length - otherName.Length) <= allowed
            && !DiffersInNumbersOnly(name, otherName)
            && Distance(name, otherName, allowed) <= allowed;
    }

    /// <summary>shop1.example and shop2.example are a series rather than a mistake.</summary>
    private static bool DiffersInNumbersOnly(string one, string other) =>
        one.Any(char.IsAsciiDigit)
        && other.Any(char.IsAsciiDigit)
        && string.Equals(
            string.Concat(one.Where(c => !char.IsAsciiDigit(c))),
            string.Concat(other.Where(c => !char.IsAsciiDigit(c))),
            StringComparison.Ordinal
        );

    private static bool IsBelow(MailDomain lower, MailDomain upper) =>
        lower.Name.EndsWith($".{upper.Name}", StringComparison.Ordinal);

    private static int LongestLabel(string name) => name.Split('.').Max(label => label.Length);

    private static string Unicode(MailDomain domain)
    {
        try
        {
            return Idn.GetUnicode(domain.Name);
        }
        catch (ArgumentException)
        {
            return domain.Name;
        }
    }

    /// <summary>The name as the eye reads it: other scripts, marks, digits and pairs for the letter that they look like; no hyphens.</summary>
    private static string Skeleton(MailDomain domain)
    {
        var skeleton = new StringBuilder();
        foreach (var c in Unicode(domain).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c == '-')
            {
                continue;
            }

            var foreign = Foreign.IndexOf(c, StringComparison.Ordinal);
            skeleton.Append(
                foreign >= 0
                    ? Latin[foreign]
                    : c switch
                    {
                        '0' => 'o',
                        '1' or 'i' => 'l',
                        '5' => 's',
                        _ => c,
                    }
            );
        }

        return skeleton.Replace('i', 'l').Replace("rn", "m").Replace("vv", "w").Replace("cl", "d").ToString();
    }

    /// <summary>Damerau-Levenshtein with neighbours exchanged as one step; over <paramref name="max"/> it is max + 1.</summary>
    internal static int Distance(string one, string other, int max)
    {
        var (before, last, now) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            var best = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }

                best = Math.Min(best, now[j]);
            }

            if (best > max)
            {
                return max + 1;
            }

            (before, last, now) = (last, now, before);
        }

        return last[other.Length];
    }
}
