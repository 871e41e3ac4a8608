namespace TlsOrLink.Messages.Json;

/// <summary>The inside of a JSON string (RFC 8259 section 7).</summary>
internal static class JsonText
{
    /// <summary>Reads up to the closing quote, which is taken, and hands the text on as UTF-8 in pieces.</summary>
    public static async ValueTask CopyAsync(
        ByteFeed feed,
        Func<ReadOnlyMemory<byte>, ValueTask> piece,
        Func<string, Exception> fault,
        CancellationToken cancellation
    )
    {
        var utf8 = new Utf8Check();
        while (await feed.PeekAsync(cancellation) >= 0)
        {
            var run = JsonEscapes.PlainRun(feed.Window.Span);
            if (run > 0)
            {
                var plain = feed.Window[..run];
                if (!utf8.Add(plain.Span))
                {
                    throw fault("the text is not UTF-8");
                }

                await piece(plain);
                feed.Take(run);
                continue;
            }

            var special = feed.Window.Span[0];
            feed.Take(1);
            if (!utf8.IsWhole || special < ' ')
            {
                throw fault(special < ' ' ? "a control character stands in text unescaped" : "the text is not UTF-8");
            }

            if (special == '"')
            {
                return;
            }

            await piece(await JsonEscapes.ReadAsync(feed, fault, cancellation));
        }

        throw fault("the text has no end");
    }
}
