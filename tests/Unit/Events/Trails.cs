using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TlsOrLink.Auditing;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Events;

/// <summary>Two messages with whole trails, and the two who judge them.</summary>
internal static class Trails
{
    public const string Id = "0123456789abcdef0123456789abcdef";
    public const string OtherId = "fedcba9876543210fedcba9876543210";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, 123, TimeSpan.Zero);

    /// <summary>A message with two recipients: three events of its own, three and two of theirs.</summary>
    public static async Task StoreAsync(MemoryTables tables, string id)
    {
        var messages = Chained.Table(tables);
        var message = new MessageRow(id) { Attempt = "a", CreatedAt = Now };
        message.Record(
            EventDraft.Of(
                EventKinds.MessageStored,
                EventActors.Caller("kit"),
                Now,
                ("recipients", 2),
                ("bytes", 1 << 20)
            )
        );
        message.Record(EventDraft.Of(EventKinds.MessageHeld, EventActors.Service, Now));
        message.Record(EventDraft.Of(EventKinds.MessageReleased, EventActors.Approver("社長"), Now.AddMinutes(1)));
        RecipientRow[] rows = [.. Enumerable.Range(0, 2).Select(n => new RecipientRow(id, "a", n) { CreatedAt = Now })];
        await messages.AddAsync([.. rows, message], default);
        foreach (var row in rows)
        {
            row.Record(EventDraft.Of(EventKinds.RecipientDeferred, EventActors.Service, Now, ("round", 0)));
            row.Record(
                EventDraft.Of(EventKinds.RecipientLinked, EventActors.Service, Now, ("reply", 250), ("route", "link"))
            );
            if (row.N == 0)
            {
                row.Record(EventDraft.Of(EventKinds.LinkOpened, EventActors.Recipient, Now, ("link", "見積,\"x\"")));
            }
        }

        (await messages.UpdateAsync(rows, default)).ShouldBe(TlsOrLink.Storage.WriteOutcome.Done);
    }

    public static async Task<AuditTrail> ReadAsync(MemoryTables tables) =>
        (await new AuditTrails(Chained.Table(tables), Chained.Key).FindAsync(Id, default))!;

    /// <summary>What <see cref="ChainVerifier"/> says, in the script's words.</summary>
    public static IReadOnlyList<string> Verify(AuditTrail trail)
    {
        var defects = ChainVerifier.Verify(Chained.Key, Id, trail.Heads, trail.Events);
        return defects.Count == 0
            ? ["intact"]
            :
            [
                .. defects.Select(defect =>
                    $"{defect.Chain} {defect.Number}{(defect.Last == defect.Number ? "" : $"-{defect.Last}")} {defect.Kind}"
                ),
            ];
    }

    /// <summary>What the script says of the API's answer.</summary>
    public static Task<IReadOnlyList<string>> RunScriptAsync(AuditTrail trail) =>
        RunScriptAsync(JsonSerializer.Serialize(TrailView.Of(trail, null), JsonSerializerOptions.Web));

    public static async Task<IReadOnlyList<string>> RunScriptAsync(string text)
    {
        var key = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
            var info = new ProcessStartInfo("python3", [Script(), key])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(info)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            (await errors).ShouldBeEmpty();
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(key);
        }
    }

    public static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../tools/verify-audit.py"));
}
