namespace TlsOrLink.Sending;

/// <summary>Orders of bounces.</summary>
public static class BounceKind
{
    /// <summary>Slug of the mail's kind.</summary>
    public const string Slug = "bounce";

    /// <summary>Serial of the bounce after the last run of a delivery has failed.</summary>
    public const int Abandoned = int.MaxValue;

    private const int RoundsPerRun = 10_000;

    /// <summary>Serial of the bounce of one round of one run.</summary>
    public static int SerialOf(int run, int round) => (run * RoundsPerRun) + Math.Min(round, RoundsPerRun - 1);
}
