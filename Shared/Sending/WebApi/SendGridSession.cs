using System.Globalization;
using System.Net;
using System.Text;
using TlsOrLink.Messages.Mime;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending.WebApi;

/// <summary>One request is one transaction: all recipients are handed over together or none.</summary>
/// <param name="api">The API.</param>
/// <param name="key">Of the account for this purpose.</param>
/// <param name="faithful">What the API's form would lose goes by link instead (route <c>tls</c>).</param>
/// <param name="options">Limits.</param>
/// <param name="large">Of all sessions together; see <see cref="LargeAtOnce"/>.</param>
internal sealed class SendGridSession(
    SendGridApi api,
    string key,
    bool faithful,
    SendGridOptions options,
    SemaphoreSlim large
) : IMailSession
{
    /// <summary>Large mails at a time: each stands in memory some ten times over (MIME, base64, JSON) while its request is made.</summary>
    public const int LargeAtOnce = 2;

    private const long LargeBytes = 1_000_000;
    private static readonly SmtpReply Offered = new(250, null, "");

    /// <inheritdoc/>
    public SmtpFeatures Features { get; } =
        new(RequireTls: false, SmtpUtf8: false, EightBitMime: true, Pipelining: true, Size: true, options.MaxBytes);

    /// <inheritdoc/>
    public async Task<TransactionResult> TransactAsync(
        SmtpEnvelope envelope,
        Func<CancellationToken, Task<Stream>> content,
        Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData,
        CancellationToken cancellation
    )
    {
        if (SmtpCommands.Unsupported(envelope, Features) is { } missing)
        {
            return Refused(envelope, missing);
        }

        if (envelope.Bytes < LargeBytes)
        {
            return await RequestAndSendAsync(envelope, content, beforeData, cancellation);
        }

        await large.WaitAsync(cancellation);
        try
        {
            return await RequestAndSendAsync(envelope, content, beforeData, cancellation);
        }
        finally
        {
            large.Release();
        }
    }

    private async Task<TransactionResult> RequestAndSendAsync(
        SmtpEnvelope envelope,
        Func<CancellationToken, Task<Stream>> content,
        Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData,
        CancellationToken cancellation
    )
    {
        var (json, fault) = await RequestAsync(envelope, await content(cancellation), cancellation);
        if (json is null)
        {
            return Refused(envelope, fault!);
        }

        SmtpReply?[] replies = [.. envelope.Recipients.Select(_ => Offered)];
        if (beforeData is not null && !await beforeData(replies, cancellation))
        {
            return new TransactionResult(TransactionPhase.Envelope, replies) { Reusable = true };
        }

        return Result(replies, await api.SendAsync(json, key, cancellation));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What an answer of the API means in the words of SMTP. Pure.</summary>
    public static TransactionResult Result(IReadOnlyList<SmtpReply?> replies, ApiAnswer answer) =>
        answer switch
        {
            { Status: HttpStatusCode.Accepted } => Replied(replies, 250, answer),
            { Status: HttpStatusCode.RequestEntityTooLarge } => Replied(replies, 552, answer),
            { Status: HttpStatusCode.BadRequest } => Replied(replies, 554, answer),
            { Status: not null } => Replied(replies, 451, answer), // also a key that is refused: ours to mend
            { WasSent: true } => new TransactionResult(TransactionPhase.Dot, replies) { Fault = SmtpReasons.Dropped },
            _ => new TransactionResult(TransactionPhase.Envelope, replies) { Fault = SmtpReasons.Dropped },
        };

    private static TransactionResult Replied(IReadOnlyList<SmtpReply?> replies, int code, ApiAnswer answer) =>
        new(TransactionPhase.Replied, replies)
        {
            DataReply = new SmtpReply(
                code,
                null,
                string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.Status!} {answer.Text}").Trim()
            ),
            Reusable = true,
        };

    private async Task<(string? Json, string? Fault)> RequestAsync(
        SmtpEnvelope envelope,
        Stream content,
        CancellationToken cancellation
    )
    {
        if (await WebMailReader.LoadAsync(content, faithful, cancellation) is not { } mail)
        {
            return (null, SendingReasons.NotCarried);
        }

        if (mail.Parts.Sum(part => (long)part.Content.Length) > options.MaxFileBytes)
        {
            return (null, SmtpReasons.TooLarge);
        }

        var json = SendGridMail.Of(mail, envelope).Serialize();
        return Encoding.UTF8.GetByteCount(json) > options.MaxBytes ? (null, SmtpReasons.TooLarge) : (json, null);
    }

    private static TransactionResult Refused(SmtpEnvelope envelope, string fault) =>
        new(TransactionPhase.Envelope, new SmtpReply?[envelope.Recipients.Count]) { Fault = fault, Reusable = true };
}
