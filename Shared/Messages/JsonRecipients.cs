using MimeKit;
using TlsOrLink.Messages.Json;

namespace TlsOrLink.Messages;

/// <summary>Recipients as the forms with fields give them.</summary>
internal sealed record JsonRecipients
{
    public List<MailboxAddress> To { get; } = [];
    public List<MailboxAddress> Cc { get; } = [];
    public List<MailboxAddress> Bcc { get; } = [];
    public int Count => To.Count + Cc.Count + Bcc.Count;

    /// <summary>Makes all of them Bcc: nobody sees the others.</summary>
    public void HideAll()
    {
        Bcc.InsertRange(0, To.Concat(Cc));
        To.Clear();
        Cc.Clear();
    }

    /// <summary>Reads any of the three forms: a list, an object of lists, one text with separators.</summary>
    public async ValueTask ReadAsync(JsonScanner scanner, JsonFields fields, int max, CancellationToken cancellation)
    {
        if (await scanner.KindAsync(cancellation) != JsonKind.Object)
        {
            await ListAsync(To);
            return;
        }

        await fields.ObjectAsync(
            new Dictionary<string, Func<ValueTask>>(StringComparer.Ordinal)
            {
                ["to"] = () => ListAsync(To),
                ["cc"] = () => ListAsync(Cc),
                ["bcc"] = () => ListAsync(Bcc),
            }
        );

        async ValueTask ListAsync(List<MailboxAddress> list)
        {
            switch (await scanner.KindAsync(cancellation))
            {
                case JsonKind.Array:
                    await scanner.ArrayAsync(
                        async _ => Add(list, await fields.HeaderTextAsync(), scanner.Path),
                        cancellation
                    );
                    break;
                case JsonKind.Text:
                    foreach (var (n, item) in Envelope.Split(await scanner.TextAsync(max * 400, cancellation)).Index())
                    {
                        Add(list, item, $"{scanner.Path}[{n}]");
                    }

                    break;
                default:
                    throw scanner.Fault("Must be a list of addresses, or one text with ; between them.");
            }
        }

        void Add(List<MailboxAddress> list, string text, string path)
        {
            if (Count == max)
            {
                throw scanner.Fault($"There are more than {max} recipients. Send several messages.");
            }

            list.Add(Envelope.Mailbox(text, path));
        }
    }
}
