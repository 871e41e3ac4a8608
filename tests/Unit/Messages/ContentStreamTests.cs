using Azure;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class ContentStreamTests
{
    [Theory]
    [InlineData(412)]
    [InlineData(503)]
    public async Task Reading_may_be_tried_again_where_the_blob_changed_or_storage_went_away(int status)
    {
        await using var content = new ContentStream(new Failing(status));

        await Should.ThrowAsync<TransientFault>(() => content.ReadExactlyAsync(new byte[1]).AsTask());
        Should.Throw<TransientFault>(() => content.ReadExactly(new byte[1]));
    }

    private sealed class Failing(int status) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new RequestFailedException(status, "failed");

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new RequestFailedException(status, "failed");
    }
}
