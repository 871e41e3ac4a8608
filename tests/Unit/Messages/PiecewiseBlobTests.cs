using Azure;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class PiecewiseBlobTests
{
    private const int PieceBytes = 10;
    private readonly MemoryBlobs blobs = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(35, 4)]
    public async Task Reads_a_blob_piece_by_piece(int bytes, int requests)
    {
        var content = Content(bytes);
        await using var stream = await OpenAsync(content);

        (await ReadAsync(stream)).ShouldBe(content);
        stream.Length.ShouldBe(bytes);
        blobs.Reads.ShouldBe(requests);
    }

    [Fact]
    public async Task Reads_a_small_blob_again_without_another_request()
    {
        var content = Content(PieceBytes);
        await using var stream = await OpenAsync(content);
        await ReadAsync(stream);

        stream.Position = 0;

        (await ReadAsync(stream)).ShouldBe(content);
        blobs.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_from_any_place_with_and_without_waiting()
    {
        var content = Content(35);
        await using var stream = await OpenAsync(content);
        stream.Seek(-5, SeekOrigin.End);
        var end = new byte[5];
        await stream.ReadExactlyAsync(end);
        stream.Seek(12, SeekOrigin.Begin);
        var middle = new byte[20];
        stream.ReadExactly(middle);

        end.ShouldBe(content[30..]);
        middle.ShouldBe(content[12..32]);
    }

    [Fact]
    public async Task Ends_where_the_blob_was_written_again()
    {
        await using var stream = await OpenAsync(Content(35));
        blobs.Write("m", Content(35));

        var failed = await Should.ThrowAsync<RequestFailedException>(() => ReadAsync(stream));

        failed.Status.ShouldBe(412);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_piece_that_broke_off_is_asked_for_again(bool waits)
    {
        var content = Content(35);
        await using var stream = await OpenAsync(content);
        stream.Position = PieceBytes;
        blobs.BreaksNext = true;
        var read = new byte[5];

        await Should.ThrowAsync<EndOfStreamException>(FillAsync);
        await FillAsync();

        read.ShouldBe(content[PieceBytes..(PieceBytes + 5)]);

        async Task FillAsync()
        {
            if (waits)
            {
                await stream.ReadExactlyAsync(read);
            }
            else
            {
                stream.ReadExactly(read);
            }
        }
    }

    [Fact]
    public async Task Gives_nothing_once_it_is_closed()
    {
        var stream = await OpenAsync(Content(35));
        await stream.DisposeAsync();

        (await stream.ReadAsync(new byte[1])).ShouldBe(0);
    }

    private static byte[] Content(int bytes) => [.. Enumerable.Range(0, bytes).Select(n => (byte)n)];

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 4);
        return copy.ToArray();
    }

    private Task<PiecewiseBlob> OpenAsync(byte[] content)
    {
        blobs.Write("m", content);
        return PiecewiseBlob.OpenAsync(
            blobs.GetBlobContainerClient("messages").GetBlobClient("m"),
            PieceBytes,
            TestContext.Current.CancellationToken
        );
    }
}
