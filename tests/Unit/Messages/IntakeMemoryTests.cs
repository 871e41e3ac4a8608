using System.Text;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Weighs memory, so it runs alone.</summary>
[CollectionDefinition(nameof(IntakeMemoryTests), DisableParallelization = true)]
[Collection(nameof(IntakeMemoryTests))]
public sealed class IntakeMemoryTests
{
    private const long FileBytes = 50_000_000;
    private const long MostHeld = 10_000_000;

    [Theory]
    [InlineData(
        "application/json",
        """{"attachments":[{"name":"a.bin","contentBytes":"!"}],"sender":"a@sender.example","recipients":"b@x.example"}"""
    )]
    [InlineData("message/rfc822", "From: a@sender.example\r\nTo: b@x.example\r\n\r\n!")]
    public async Task Holds_little_of_a_file_of_50_MB(string type, string frame)
    {
        var reading = new Reading(blobs: new MemoryBlobs { KeepBlocks = false });
        var parts = frame.Split('!');
        await using var body = new Flood(parts[0], parts[1], FileBytes / 3 * 4);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var request = Reading.Request([], type) with { Body = body, ContentLength = null };
        var intake = await reading.Accepted(request);

        body.MostHeld.ShouldBeGreaterThan(0);
        (body.MostHeld - before).ShouldBeLessThan(MostHeld, "bytes held while the file passed through");
        intake.Content.Bytes.ShouldBeGreaterThan(FileBytes / 3 * 4);
        reading.Blobs.StagedBytes.ShouldBeGreaterThan(FileBytes);
    }

    /// <summary>A body with so many letters A in its middle, which weighs the memory now and then.</summary>
    private sealed class Flood(string before, string after, long letters) : Stream
    {
        private const int WeighEvery = 256;
        private readonly byte[] start = Encoding.ASCII.GetBytes(before);
        private readonly byte[] end = Encoding.ASCII.GetBytes(after);
        private long position;
        private int reads;

        public long MostHeld { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => start.Length + letters + end.Length;

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (reads++ % WeighEvery == 0)
            {
                MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true));
            }

            var span = buffer.Span[..(int)Math.Min(buffer.Length, Length - position)];
            for (var i = 0; i < span.Length; i++, position++)
            {
                span[i] =
                    position < start.Length ? start[position]
                    : position < start.Length + letters ? (byte)'A'
                    : end[position - start.Length - letters];
            }

            return new ValueTask<int>(span.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
