using System.Diagnostics.CodeAnalysis;

namespace TlsOrLink.Messages;

/// <summary>
/// Ends the reading of a request from deep within it. <see cref="IntakeReader"/> turns it into the <see cref="IntakeProblem"/> that it
/// carries; it never leaves the room.
/// </summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the room.")]
internal sealed class IntakeRefusal(IntakeProblem problem) : Exception(problem.Type)
{
    public IntakeProblem Problem => problem;

    /// <summary>400: one field is wrong.</summary>
    /// <param name="path">Path of the field, such as <c>attachments[0].name</c>, or name of the header.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public static IntakeRefusal At(string path, string message) =>
        new(
            new IntakeProblem(400, "invalid-message", $"{path}: {message}")
            {
                Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [message] },
            }
        );

    /// <summary>413.</summary>
    public static IntakeRefusal TooLarge(long maxBytes) =>
        new(
            new IntakeProblem(
                413,
                "message-too-large",
                $"The request is larger than {maxBytes} bytes. Send fewer or smaller files."
            )
        );

    /// <summary>413: an uploaded file.</summary>
    public static IntakeRefusal TooLargeUpload(string path, long maxBytes) =>
        new(
            new IntakeProblem(
                413,
                "message-too-large",
                $"{path}: The uploaded file is larger than {maxBytes} bytes. Send a smaller one."
            )
        );

    /// <summary>403.</summary>
    public static IntakeRefusal Sender() =>
        new(
            new IntakeProblem(
                403,
                "sender-not-allowed",
                "This caller may not send as this address. Use one of its own, or have it allowed in Callers:n:Senders."
            )
        );

    /// <summary>400: an option that is looser than the operator's policy.</summary>
    /// <param name="path">Path of the option.</param>
    /// <param name="floor">What the policy asks for.</param>
    public static IntakeRefusal BelowFloor(string path, string floor) =>
        new(
            new IntakeProblem(400, "policy-floor", $"{path} may not be looser than {floor}. Leave it out.")
            {
                Errors = new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    [path] = [$"The policy here is {floor}: ask for that or stricter, or leave it out."],
                },
            }
        );

    /// <summary>400: our own mail, or mail in a loop.</summary>
    public static IntakeRefusal Loop(string detail) => new(new IntakeProblem(400, "mail-loop", detail));
}
