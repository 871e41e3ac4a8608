namespace TlsOrLink.Tests.Unit;

/// <summary>Sizes of generated-input runs: a sample normally, the full size with <c>TLSORLINK_LONG=1</c>.</summary>
internal static class Campaign
{
    public static bool IsLong => Environment.GetEnvironmentVariable("TLSORLINK_LONG") == "1";

    /// <summary>Inputs for a parser.</summary>
    public static int Inputs => IsLong ? 1_000_000 : 20_000;

    /// <summary>Inputs for something slower, such as a key or a certificate.</summary>
    public static int FewInputs => IsLong ? 50_000 : 1_000;
}
