using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Inbound;

/// <summary>Takes what SendGrid Inbound Parse posts: its signature first, over the whole body, then what is in it. Storage is not touched before.</summary>
internal sealed partial class InboundDesk(
    InboundGate gate,
    Spools spools,
    Scratches scratches,
    Reports reports,
    InboundLetters letters,
    IOptions<InboundOptions> options,
    IOptions<IntakeOptions> intake,
    ILogger<InboundDesk> logger
)
{
    /// <summary>Takes a request.</summary>
    /// <param name="request">Its body is read to the end.</param>
    /// <param name="send">Makes a message of a mail that may be sent.</param>
    /// <param name="cancellation">The provider went away.</param>
    /// <exception cref="TransientFault">Storage or DNS is away: the provider sends it again.</exception>
    public async Task<InboundAnswer> TakeAsync(
        InboundRequest request,
        Func<InboundLetter, Task<InboundAnswer>> send,
        CancellationToken cancellation
    )
    {
        if (gate.Look(request.Timestamp, request.Signature) is not { } signature)
        {
            return Unsigned();
        }

        if (request.ContentLength > options.Value.MaxBytes)
        {
            return TooLarge;
        }

        try
        {
            await using var body = await SpooledBody.ReadAsync(
                request.Body,
                request.Timestamp!,
                options.Value.MaxBytes,
                spools,
                cancellation
            );
            return body is null ? TooLarge
                : gate.IsGenuine(body.Hash, signature) ? await TakeGenuineAsync(request, body, send, cancellation)
                : Unsigned();
        }
        catch (InvalidDataException)
        {
            return Unsigned(); // cut off: what was signed is not there
        }
    }

    private static InboundAnswer TooLarge => new(InboundResult.TooLarge, "body-too-large");

    private InboundAnswer Unsigned()
    {
        LogRefused();
        return new InboundAnswer(InboundResult.Unsigned, "signature-refused");
    }

    private async Task<InboundAnswer> TakeGenuineAsync(
        InboundRequest request,
        SpooledBody body,
        Func<InboundLetter, Task<InboundAnswer>> send,
        CancellationToken cancellation
    )
    {
        var scratch = scratches.New();
        try
        {
            var form = new InboundForm(scratch.Content, intake.Value, cancellation);
            var answer = await ReadAsync(request, form, body, cancellation) switch
            {
                null => await JudgeAsync(scratch, form, send, cancellation),
                { Status: 413 } => TooLarge,
                var fault => InboundAnswer.Refuse(fault.Type, fault.Detail),
            };
            gate.Remember(body.Hash);
            LogTaken(answer.Result, answer.Reason);
            return answer;
        }
        finally
        {
            await CleanAsync(scratch);
        }
    }

    /// <summary>Reads the form.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    private static async Task<IntakeProblem?> ReadAsync(
        InboundRequest request,
        InboundForm form,
        SpooledBody body,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var stream = body.Open();
            await foreach (var part in request.Form(FormTexts.Boundary(request.ContentType), stream, cancellation))
            {
                await form.ReadAsync(part);
            }

            return null;
        }
        catch (IntakeRefusal refusal)
        {
            return refusal.Problem;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or FormatException)
        {
            return new IntakeProblem(400, "invalid-message", "Not a whole multipart/form-data body (RFC 7578).");
        }
    }

    private async Task<InboundAnswer> JudgeAsync(
        Scratch scratch,
        InboundForm form,
        Func<InboundLetter, Task<InboundAnswer>> send,
        CancellationToken cancellation
    )
    {
        try
        {
            var envelope = InboundEnvelope.Of(form);
            return reports.Find(envelope.To) is { } whose
                ? await ReportAsync(whose, scratch, form, cancellation)
                : await letters.TakeAsync(scratch, form, envelope, send, cancellation);
        }
        catch (IntakeRefusal refusal)
        {
            return InboundAnswer.Refuse(refusal.Problem.Type, refusal.Problem.Detail);
        }
        catch (Exception broken) when (broken is PermanentFault or FormatException or JsonException)
        {
            return InboundAnswer.Refuse("not-a-mail");
        }
    }

    private async Task<InboundAnswer> ReportAsync(
        (string MessageId, string Attempt, int N) whose,
        Scratch scratch,
        InboundForm form,
        CancellationToken cancellation
    )
    {
        if (form.RawHash is not { } hash)
        {
            var parsed = form.Statuses.SelectMany(bytes => StatusReport.Read(bytes)).ToList();
            var all = form.Statuses.SelectMany(bytes => bytes).ToArray();
            return await reports.TakeAsync(whose, parsed, InboundLetters.Hash(all), cancellation);
        }

        await using var mail = await scratches.OpenAsync(scratch, cancellation);
        return await reports.TakeAsync(whose, await ReportReader.ReadAsync(mail, cancellation), hash, cancellation);
    }

    /// <summary>What is left is found by its due row.</summary>
    private async Task CleanAsync(Scratch scratch)
    {
        try
        {
            await Scratches.DeleteAsync(scratch, CancellationToken.None);
        }
        catch (TransientFault fault)
        {
            LogLeft(fault.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A request to the Inbound Parse hook was refused: signature, age or replay"
    )]
    private partial void LogRefused();

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail came in: {Result}, {Reason}")]
    private partial void LogTaken(InboundResult result, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail that came in is left to the purge: {Cause}")]
    private partial void LogLeft(string cause);
}
