using System.Text.Json;

namespace TlsOrLink.Messages.Uploads;

/// <summary>An uploaded file within a message.</summary>
/// <param name="At">Where its base64 stands, counted in what the message's own blob holds of the message.</param>
/// <param name="Blob">Name of the file's blob.</param>
/// <param name="Bytes">Its size, before encoding.</param>
internal sealed record UploadPart(long At, string Blob, long Bytes);

/// <summary>
/// What stands before a stored message that refers to uploads: a line that no message can begin with (it has a NUL), and a line of JSON. Whoever
/// reads the blob needs no row to know what the message is made of. Pure.
/// </summary>
internal static class Composition
{
    /// <summary>Longest of both lines together.</summary>
    public const int MaxBytes = 1 << 16;

    private static readonly byte[] Mark = "\0TlsOrLink uploads 1\n"u8.ToArray();

    /// <summary>Bytes that show whether the two lines are there.</summary>
    public static int MarkBytes => Mark.Length;

    /// <summary>The two lines.</summary>
    public static byte[] Write(IReadOnlyList<UploadPart> parts) =>
        [.. Mark, .. JsonSerializer.SerializeToUtf8Bytes(parts), (byte)'\n'];

    /// <summary>The blob begins with the two lines.</summary>
    public static bool IsAt(ReadOnlySpan<byte> start) => start.StartsWith(Mark);

    /// <summary>Reads the two lines.</summary>
    /// <param name="start">At least as much of the blob as they can be long, or all of it.</param>
    /// <returns>The parts in order, and where the message begins.</returns>
    /// <exception cref="InvalidDataException">They are not whole.</exception>
    public static (IReadOnlyList<UploadPart> Parts, int Begin) Read(ReadOnlySpan<byte> start)
    {
        var rest = start[Mark.Length..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 || JsonSerializer.Deserialize<List<UploadPart>>(rest[..end]) is not { } parts
            ? throw new InvalidDataException("A stored message does not say what it is made of.")
            : (parts, Mark.Length + end + 1);
    }
}
