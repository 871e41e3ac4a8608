using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Inbound;

/// <summary>Takes what SendGrid Inbound Parse posts: its signature first, over the body as it streams in, then what is in it.</summary>
internal sealed partial class InboundDesk(
    InboundGate gate,
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
            LogRefused();
            return new InboundAnswer(InboundResult.Unsigned, "signature-refused");
        }

        if (request.ContentLength > options.Value.MaxBytes)
        {
            return new InboundAnswer(InboundResult.TooLarge, "body-too-large");
        }

        var scratch = scratches.New();
        try
        {
            return await TakeAsync(request, signature, scratch, send, cancellation);
        }
        finally
        {
            // Anybody can send a body, so what was staged of one that is not believed must not stay either.
            await CleanAsync(scratch);
        }
    }

    private async Task<InboundAnswer> TakeAsync(
        InboundRequest request,
        byte[] signature,
        Scratch scratch,
        Func<InboundLetter, Task<InboundAnswer>> send,
        CancellationToken cancellation
    )
    {
        var form = new InboundForm(scratch.Content, intake.Value, cancellation);
        await using var body = new SignedBody(request.Body, request.Timestamp!);
        var fault = await ReadAsync(request, form, body, cancellation);
        if (fault?.Status == 413 || !await DrainAsync(body, cancellation))
        {
            return new InboundAnswer(InboundResult.TooLarge, "body-too-large");
        }

        if (!gate.IsGenuine(body, signature))
        {
            LogRefused();
            return new InboundAnswer(InboundResult.Unsigned, "signature-refused");
        }

        var answer = fault is null
            ? await JudgeAsync(scratch, form, send, cancellation)
            : InboundAnswer.Refuse(fault.Type, fault.Detail);
        gate.Remember(signature);
        LogTaken(answer.Result, answer.Reason);
        return answer;
    }

    /// <summary>Reads the form.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    private async Task<IntakeProblem?> ReadAsync(
        InboundRequest request,
        InboundForm form,
        SignedBody body,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var limited = new LimitedBody(body, options.Value.MaxBytes);
            await foreach (var part in request.Form(FormTexts.Boundary(request.ContentType), limited, cancellation))
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

    /// <summary>Reads on to the end, which the signature covers too.</summary>
    private async Task<bool> DrainAsync(SignedBody body, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 14];
        var rest = options.Value.MaxBytes;
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if ((rest -= read) < 0)
            {
                return false;
            }
        }

        return true;
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
