using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Tells the sender that a recipient's files were fetched for the first time.</summary>
internal sealed class DownloadMail(MessageTable messages) : SenderMail(messages)
{
    /// <summary>Slug of the kind; durable.</summary>
    public const string Slug = "link-downloaded";

    private static readonly SenderText Japanese = new(
        "ダウンロードされました：{0}",
        """
        {1} にお送りのメールの添付ファイルが、{0} のリンクから初めてダウンロードされました。

        受信側のメール検査によるダウンロードの可能性もあります。
        """
    );

    private static readonly SenderText English = new(
        "Downloaded: {0}",
        """
        The attachments of your mail of {1} were downloaded for the first time by the link of {0}.

        It may have been a scanner of the recipient's mail.
        """
    );

    /// <inheritdoc/>
    public override string Kind => Slug;

    /// <summary>The mail that a press calls for; null where it calls for none.</summary>
    public static OwnMailOrder? After(Press press) =>
        press is { IsFirst: true, Row: { NotifyOnDownload: true } row }
            ? new OwnMailOrder(Slug, row.MessageId, row.N)
            : null;

    /// <inheritdoc/>
    protected override SenderText In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;
}
