using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Reads requests with blobs in memory.</summary>
internal sealed class Reading
{
    public static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly IntakeReader reader;

    public Reading(IntakeOptions? options = null, MemoryBlobs? blobs = null)
    {
        Blobs = blobs ?? new MemoryBlobs();
        var storage = Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) });
        reader = new IntakeReader(
            Blobs,
            new AddressHash(storage),
            Options.Create(options ?? new IntakeOptions()),
            Options.Create(new SendableOptions()),
            new FakeTimeProvider(Now)
        );
    }

    public MemoryBlobs Blobs { get; }

    public static IntakeRequest Json(string body, params int[] sizes) =>
        Request(Encoding.UTF8.GetBytes(body), "application/json", sizes);

    public static IntakeRequest Raw(string message, params int[] sizes) =>
        Request(Encoding.Latin1.GetBytes(message), "message/rfc822", sizes);

    public static IntakeRequest Request(byte[] body, string type, params int[] sizes) =>
        new(new Pieces(body, sizes), type, body.Length, "tester", sender => sender.Domain.Name == "sender.example");

    public Task<IntakeOutcome> Outcome(IntakeRequest request) => reader.ReadAsync(request, default);

    public async Task<Intake> Accepted(IntakeRequest request)
    {
        var outcome = await reader.ReadAsync(request, default);
        outcome.ShouldBeOfType<Intake>($"{outcome}");
        return (Intake)outcome;
    }

    public async Task<IntakeProblem> Refused(IntakeRequest request)
    {
        var outcome = await reader.ReadAsync(request, default);
        Blobs.Blobs.ShouldBeEmpty("a refused request must leave no blob");
        return outcome.ShouldBeOfType<IntakeProblem>();
    }

    /// <summary>The bytes that are stored once the message is written.</summary>
    public async Task<byte[]> Stored(Intake intake)
    {
        await intake.Content.CommitAsync(default);
        var bytes = Blobs.Blobs[intake.Content.Blob];
        bytes.LongLength.ShouldBe(intake.Content.Bytes);
        return bytes;
    }

    public async Task<MimeMessage> Message(Intake intake) => MimeMessage.Load(new MemoryStream(await Stored(intake)));
}
