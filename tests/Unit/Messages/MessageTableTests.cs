using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class MessageTableTests
{
    [Fact]
    public async Task Says_that_rows_which_it_must_write_were_not_written()
    {
        var messages = Chained.Table(new MemoryTables { RefuseBatchesWith = 409 });

        await Should.ThrowAsync<TransientFault>(() => messages.PutAsync([new FileRow("id", "attempt", 1)], default));
    }
}
