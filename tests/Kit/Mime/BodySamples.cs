using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Text, HTML, alternatives and images in all their nestings.</summary>
internal static class BodySamples
{
    public static IEnumerable<MimeSample> All() => [.. WithoutFiles(), .. WithFiles(), .. WithImages()];

    private static IEnumerable<MimeSample> WithoutFiles()
    {
        yield return Sample("plain", NoFiles, Text("Plain body.")) with
        {
            Says = ["Plain body."],
        };
        yield return Sample("html", NoFiles, Html("HTML body.")) with
        {
            Says = ["HTML body."],
            HasHtml = true,
            HasText = false,
        };
        yield return Sample("alternative", NoFiles, Multi("alternative", "a", Text("As text."), Html("As HTML."))) with
        {
            Says = ["As text.", "As HTML."],
            HasHtml = true,
        };
        yield return Sample("eight-bit-without-files", NoFiles, Encoded("utf-8", "8bit", "本文です。"), "見積") with
        {
            Says = ["本文です。"],
            IsJapanese = true,
        };
        yield return Sample("no-body-at-all", NoFiles, "") with
        {
            HasText = false,
        };
        yield return Sample("empty-body", NoFiles, Text(""));
    }

    private static IEnumerable<MimeSample> WithFiles()
    {
        var file = File("quotation.pdf", "with-files");
        yield return Sample("plain-with-file", Apart, Mixed(Text("Plain body."), Attached(file))) with
        {
            Files = [file],
            Says = ["Plain body."],
        };
        yield return Sample("html-with-file", Apart, Mixed(Html("HTML body."), Attached(file))) with
        {
            Files = [file],
            Says = ["HTML body."],
            HasHtml = true,
            HasText = false,
        };
        var alternative = Multi("alternative", "=_alt", Text("As text."), Html("As HTML."));
        yield return Sample("alternative-in-mixed", Apart, Mixed(alternative, Attached(file))) with
        {
            Files = [file],
            Says = ["As text.", "As HTML."],
            HasHtml = true,
        };
        yield return Sample("empty-text-with-file", Apart, Mixed(Text(""), Attached(file))) with
        {
            Files = [file],
        };
        yield return Sample("attachment-only", Apart, Attached(file)) with
        {
            Files = [file],
            HasText = false,
        };
        yield return Sample("file-before-text", Apart, Mixed(Attached(file), Text("Behind it."))) with
        {
            Files = [file],
            Says = ["Behind it."],
        };
        var between = Multi("mixed", "=_in", Html("Before it."), Attached(file), Html("Behind it."));
        yield return Sample("apple-mixed-in-alternative", Apart, Multi("alternative", "o", Text("T."), between)) with
        {
            Files = [file],
            Says = ["T.", "Before it.", "Behind it."],
            HasHtml = true,
        };
        yield return Sample("list-footer", Apart, Mixed(Text("Body."), Attached(file), Text("-- list footer"))) with
        {
            Files = [file],
            Says = ["Body.", "-- list footer"],
        };
    }

    private static IEnumerable<MimeSample> WithImages()
    {
        var (image, file) = (Data("image", 900), File("contract.pdf", "with-images"));
        var (shown, tiny) = (new SampleFile("logo@sender", image), new SampleFile("dot@sender", Data("dot", 70)));
        var html = Html("Look: <img src=\"cid:logo@sender\">");
        var related = Multi("related; type=\"text/html\"", "=_rel", html, Image("logo@sender", image));
        yield return With("related", Mixed(related, Attached(file)));
        var alternative = Multi("alternative", "=_alt", Text("Look."), related);
        yield return With("related-in-alternative", Mixed(alternative, Attached(file))) with
        {
            HasText = true,
        };
        var deep = Mixed(Multi("mixed", "=_2", alternative, Attached(file)), Text("Footer."));
        yield return With("four-deep", deep) with
        {
            HasText = true,
        };
        yield return With("image-shown-from-mixed", Mixed(html, Image("logo@sender", image), Attached(file)));
        var percent = Html("Look: <img src='cid:logo%40sender'>");
        yield return With("image-by-escaped-id", Mixed(percent, Image("logo@sender", image), Attached(file)));
        var signature = Html("Look: <img width=1 src=\"cid:dot@sender\">");
        yield return With(
            "tiny-image-in-signature",
            Mixed(Multi("related", "=_rel", signature, Image("dot@sender", tiny.Content)), Attached(file))
        ) with
        {
            Shown = [tiny],
        };
        var unseen = Multi("related", "=_rel", Html("Look: nothing."), Image("logo@sender", image));
        yield return With("image-that-no-HTML-shows", unseen) with
        {
            Files = [new SampleFile("logo.png", image)],
            Shown = [],
        };
        var place = Html("Look: <img src=\"http://x.example/logo.png\">");
        var located = Base64Part(image, "image/png", "Content-Location: http://x.example/logo.png\n");
        yield return With("image-by-location", Mixed(Multi("related", "=_rel", place, located), Attached(file))) with
        {
            Shown = [],
        };

        MimeSample With(string name, string entity) =>
            Sample(name, Apart, entity) with
            {
                Files = [file],
                Says = ["Look"],
                Shown = [shown],
                HasHtml = true,
                HasText = false,
            };
    }
}
