using System.Diagnostics;
using System.Text.Json;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>A mail as Python's <c>email</c> package reads it.</summary>
/// <param name="Defects">What it found wrong in any part or field.</param>
/// <param name="Text">Of the body; null where there is none.</param>
/// <param name="Html">As above.</param>
public sealed record PythonMail(
    string Name,
    IReadOnlyList<string> Defects,
    string? Text,
    string? Html,
    string Subject,
    string MessageId,
    string InReplyTo,
    string References
)
{
    /// <summary>Has Python read mails.</summary>
    /// <param name="mails">By names that are good for files.</param>
    /// <exception cref="InvalidOperationException">Python failed; the message has what it wrote.</exception>
    public static async Task<IReadOnlyDictionary<string, PythonMail>> ReadAsync(
        IReadOnlyDictionary<string, byte[]> mails
    )
    {
        using var folder = new TempFolder();
        foreach (var (name, mail) in mails)
        {
            await System.IO.File.WriteAllBytesAsync(folder.File("mails", $"{name}.eml"), mail);
        }

        var script = Path.Combine(AppContext.BaseDirectory, "Mime", "read_mail.py");
        using var python = Process.Start(
            new ProcessStartInfo("python3", [script, folder.Folder("mails")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = python.StandardError.ReadToEndAsync();
        var lines = (await python.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await python.WaitForExitAsync();
        return python.ExitCode == 0
            ? lines
                .Select(line => JsonSerializer.Deserialize<PythonMail>(line, JsonSerializerOptions.Web)!)
                .ToDictionary(mail => mail.Name, StringComparer.Ordinal)
            : throw new InvalidOperationException($"Python's reader failed:\n{await errors}");
    }
}
