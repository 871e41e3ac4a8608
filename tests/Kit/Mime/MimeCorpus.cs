namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Messages as mail systems and attackers write them, each with what must become of it. All of our own making.</summary>
public static class MimeCorpus
{
    public static IReadOnlyList<MimeSample> All { get; } =
    [
        .. BodySamples.All(),
        .. CharsetSamples.All(),
        .. NameSamples.All(),
        .. SealedSamples.All(),
        .. KindSamples.All(),
        .. BrokenSamples.All(),
        .. StructureSamples.All(),
    ];
}
