using System.Diagnostics.CodeAnalysis;

namespace TlsOrLink.Screening.Reading;

/// <summary>Ends the reading of a part. Never leaves the room: what was not read is said in <see cref="FileFact.NotRead"/>.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the room.")]
internal sealed class BoundsReached() : Exception("More than is read of one message.");

/// <summary>How much of one message is read, over all of its parts.</summary>
internal sealed class ReadingBounds(ScreeningOptions options, TimeProvider clock)
{
    /// <summary>Files within files within files.</summary>
    public const int MaxDepth = 4;

    // A text of one letter deflates to a 1030th; documents of people stay under a 200th.
    private const int MaxRatio = 300;
    private const int RatioFrom = 1 << 20;

    private readonly long started = clock.GetTimestamp();
    private long inflated;
    private long characters;
    private int entries;

    /// <summary>Bytes of one file that are held in memory.</summary>
    public int MaxFileBytes => options.MaxFileBytes;

    /// <summary>Counts one more file.</summary>
    public void TakeEntry() => Must(++entries <= options.MaxEntries);

    /// <summary>Counts bytes that came out of an archive.</summary>
    /// <param name="more">New ones.</param>
    /// <param name="all">All of this entry.</param>
    /// <param name="packed">What the entry takes in the archive.</param>
    public void TakeInflated(int more, long all, long packed) =>
        Must((inflated += more) <= options.MaxInflatedBytes && (all < RatioFrom || all <= MaxRatio * packed));

    /// <summary>Counts text.</summary>
    public void TakeText(int more) => Must((characters += more) <= options.MaxCharacters);

    private void Must(bool within)
    {
        if (!within || clock.GetElapsedTime(started) > options.Deadline)
        {
            throw new BoundsReached();
        }
    }
}
