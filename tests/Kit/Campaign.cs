namespace TlsOrLink.Tests.Kit;

/// <summary>Sizes of large runs: a sample normally, the full size with <c>TLSORLINK_LONG=1</c>.</summary>
public static class Campaign
{
    public static bool IsLong => Environment.GetEnvironmentVariable("TLSORLINK_LONG") == "1";

    /// <summary>One or the other.</summary>
    public static int Size(int sample, int full) => IsLong ? full : sample;
}
