namespace TlsOrLink.Sending;

/// <summary>Orders of bounces.</summary>
public static class BounceKind
{
    /// <summary>Slug of the mail's kind.</summary>
    public const string Slug = "bounce";

    /// <summary>Serial of the bounce after the last run of a delivery has failed.</summary>
    public const int Abandoned = int.MaxValue;

    private const int RoundsPerRun = 10_000;

    private const int Late = 1_000_000_000;

    /// <summary>Serial of the bounce of a recipient who failed after the message was completed.</summary>
    public static int SerialOfLate(int n) => Late + n;

    /// <summary>Serial of the bounce of one round of one run.</summary>
    public static int SerialOf(int run, int round) => (run * RoundsPerRun) + Math.Min(round, RoundsPerRun - 1);
}
