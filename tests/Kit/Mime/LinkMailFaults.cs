using System.Text;
using MimeKit;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>What is wrong with a mail that a <see cref="MimeSample"/> became on route <c>link</c>.</summary>
public static class LinkMailFaults
{
    private const string Link = "https://links.sender.example/d/";
    private const int MaxLine = 998;
    private static readonly string[] Gone = ["Bcc", "Resent-Bcc", "TLS-Required"];
    private static readonly string[] GoneWhereChanged = ["DKIM-Signature", "ARC-Seal", "ARC-Message-Signature"];

    /// <summary>One sentence each; empty where all is well.</summary>
    /// <param name="sample">What came in.</param>
    /// <param name="mail">What went out, as on the wire, without a prepended <c>Received</c>.</param>
    /// <param name="python">The same as Python reads it.</param>
    public static IReadOnlyList<string> Of(MimeSample sample, byte[] mail, PythonMail python)
    {
        using var message = MimeMessage.Load(new MemoryStream(mail));
        return
        [
            .. OfBytes(mail),
            .. python.Defects.Select(defect => $"Python finds {defect}"),
            .. OfFields(sample, message, python),
            .. OfBody(sample, message, python),
            .. Leaks.Of(sample, mail, message),
        ];
    }

    private static IEnumerable<string> OfBytes(byte[] mail)
    {
        var text = Encoding.Latin1.GetString(mail);
        if (text.Any(c => c is > '~' or '\0'))
        {
            yield return "it has bytes that are no 7-bit text";
        }

        if (text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            yield return "it has a bare CR or LF";
        }

        if (text.Split("\r\n").Any(line => line.Length > MaxLine))
        {
            yield return "it has a line over 998";
        }
    }

    private static IEnumerable<string> OfFields(MimeSample sample, MimeMessage message, PythonMail python)
    {
        var changed = sample.Way == MimeWay.NoFiles ? [] : GoneWhereChanged;
        foreach (var field in Gone.Concat(changed).Where(message.Headers.Contains))
        {
            yield return $"{field} is still there";
        }

        foreach (var field in AllFields(message).Where(field => field.Field.Any(c => c is <= ' ' or > '~')))
        {
            yield return $"MimeKit finds no field in '{field.Field}'";
        }

        string?[] wanted = [sample.MessageId, MimeSample.Parent, MimeSample.Thread, sample.Subject];
        string?[] mimeKit =
        [
            $"<{message.MessageId}>",
            $"<{message.InReplyTo}>",
            string.Join(' ', message.References.Select(id => $"<{id}>")),
            message.Subject ?? "",
        ];
        foreach (var (reader, got) in new[] { ("MimeKit", mimeKit), ("Python", Fields(python)) })
        {
            if (!got.SequenceEqual(wanted))
            {
                yield return $"{reader} reads {string.Join(" | ", got)}, must be {string.Join(" | ", wanted)}";
            }
        }
    }

    private static string?[] Fields(PythonMail python) =>
        [python.MessageId, python.InReplyTo, python.References, python.Subject];

    private static IEnumerable<Header> AllFields(MimeMessage message) =>
        message.Headers.Concat(new MimeIterator(message).ToParts().SelectMany(part => part.Headers));

    private static List<MimeEntity> ToParts(this MimeIterator parts)
    {
        List<MimeEntity> all = [];
        while (parts.MoveNext())
        {
            all.Add(parts.Current);
        }

        return all;
    }

    private static IEnumerable<string> OfBody(MimeSample sample, MimeMessage message, PythonMail python)
    {
        var texts = message.BodyParts.OfType<TextPart>().ToList();
        var all = string.Join('\n', texts.Select(text => text.Text)).ReplaceLineEndings("\n");
        var alone = sample is { HasHtml: false, HasText: false, Way: not MimeWay.NoFiles } or { Way: MimeWay.Whole };
        (string, string?, bool)[] bodies =
        [
            ("MimeKit's text", message.TextBody, sample.HasText || alone),
            ("Python's text", python.Text, sample.HasText || alone),
            ("MimeKit's HTML", message.HtmlBody, sample.HasHtml),
            ("Python's HTML", python.Html, sample.HasHtml),
        ];
        foreach (var (what, body, isThere) in bodies.Where(body => body.Item3))
        {
            var notices = (body ?? "").Split(Link).Length - 1;
            if ((sample.Way == MimeWay.NoFiles ? notices != 0 : notices == 0) || (isThere && body is null))
            {
                yield return $"{what} has {notices} links: {body}";
            }
            else if (notices > 0 && body!.Contains("お受け取り", StringComparison.Ordinal) != sample.IsJapanese)
            {
                yield return $"{what} has its notice in the wrong language";
            }
        }

        if (sample.Way == MimeWay.Whole)
        {
            yield break;
        }

        foreach (var said in sample.Says.Where(said => !all.Contains(said, StringComparison.Ordinal)))
        {
            yield return $"it does not say '{said}' but: {all}";
        }

        foreach (var image in sample.Shown)
        {
            var part = message.BodyParts.OfType<MimePart>().FirstOrDefault(part => part.ContentId == image.Name);
            if (part is null || !Leaks.Decoded(part).AsSpan().SequenceEqual(image.Content))
            {
                yield return $"the image {image.Name} is not there as it was";
            }
        }
    }
}
