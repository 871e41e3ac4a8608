using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace TlsOrLink.Messages;

/// <summary>A message that is given in fields, in whatever form and order they arrive.</summary>
internal sealed class FieldsDraft(IntakeDraft draft)
{
    /// <summary>Recipients so far.</summary>
    public JsonRecipients Recipients { get; } = new();

    /// <summary>Files so far, in order.</summary>
    public IList<JsonPart> Attachments => attachments;

    /// <summary>Decoded; without control characters.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Null where there is none.</summary>
    public JsonPart? Text { get; set; }

    /// <summary>Null where there is none.</summary>
    public JsonPart? Html { get; set; }

    private readonly List<JsonPart> attachments = [];
    private MailboxAddress? sender;

    /// <summary>Sets the sender.</summary>
    /// <exception cref="IntakeRefusal">It is no address, or the caller may not send as it.</exception>
    public void SetSender(string value, string path)
    {
        var mailbox = Envelope.Mailbox(value, path);
        draft.MustBeAllowed(Envelope.Address(mailbox, path));
        sender = mailbox;
    }

    /// <summary>Checks a file's MIME type.</summary>
    /// <exception cref="IntakeRefusal">It is none.</exception>
    public static string CheckedType(string value, string path) =>
        value.Length == 0 || ContentType.TryParse(value, out _)
            ? value
            : throw IntakeRefusal.At(path, "Not a MIME type. Write type/subtype, or leave it out.");

    /// <summary>Checks a file's Content-ID; angle brackets fall away.</summary>
    /// <exception cref="IntakeRefusal">It cannot stand in a header.</exception>
    public static string CheckedContentId(string value, string path)
    {
        var id = value.Trim().TrimStart('<').TrimEnd('>');
        return id.All(c => c is > ' ' and <= '~' and not ('<' or '>'))
            ? id
            : throw IntakeRefusal.At(path, "Must be visible ASCII without angle brackets.");
    }

    /// <summary>Lays the message out.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="hold">What was asked of holding; null where nothing.</param>
    /// <param name="sample">Start of the texts, to guess the language from.</param>
    /// <exception cref="IntakeRefusal">A field is missing.</exception>
    public Intake Complete(IntakeOptionsAsked options, HoldAsked? hold, string sample)
    {
        var from = sender ?? throw IntakeRefusal.At("sender", "Is missing. Name the address to send as.");
        var numbered = Envelope.Number(
            new[] { Recipients.To, Recipients.Cc, Recipients.Bcc }
                .SelectMany(list => list)
                .Select(mailbox => Envelope.Address(mailbox, "recipients")),
            "recipients",
            draft.Limits.MaxRecipients
        );
        if (options.ConvertToBcc)
        {
            Recipients.HideAll();
        }

        var message = new JsonMessage(from, Recipients, Subject, draft.CreatedAt, Text, Html, attachments);
        draft.Content.Arrange(message.Sections(draft.Content));
        return draft.Complete(
            Envelope.Address(from, "sender"),
            numbered,
            options,
            LanguageGuess.Of(Subject + sample),
            Hash(from, options, hold)
        ) with
        {
            HoldAsked = hold,
            Visible = Recipients.To.Count + Recipients.Cc.Count,
            MayHaveFiles = attachments.Count > 0,
        };
    }

    /// <summary>Of what was decoded, in an order of its own: how the request was written does not matter.</summary>
    private string Hash(MailboxAddress from, IntakeOptionsAsked options, HoldAsked? hold)
    {
        List<string> all = ["json", $"{from}", Subject, Text?.Sha256 ?? "", Html?.Sha256 ?? "", $"{options}"];
        if (hold is { Canonical: { Length: > 0 } canonicalHold })
        {
            all.Add(canonicalHold);
        }

        foreach (var list in new[] { Recipients.To, Recipients.Cc, Recipients.Bcc })
        {
            all.Add($"{list.Count}");
            all.AddRange(list.Select(mailbox => $"{mailbox}"));
        }

        all.AddRange(
            attachments.SelectMany(part =>
                new[] { part.Name, part.ContentType, part.ContentId, $"{part.IsInline}", part.Sha256 }
            )
        );
        var canonical = string.Concat(all.Select(item => $"{item.Length}:{item}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }
}
