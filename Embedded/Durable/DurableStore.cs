using Microsoft.Extensions.Options;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>The open database of this host.</summary>
internal sealed class DurableStore(IOptions<EmbeddedOptions> options) : IDisposable
{
    private Database? _database;
    private HistoryReader? _reader;
    private HistoryWriter? _writer;

    public HistoryReader Reader => _reader ?? throw new InvalidOperationException("The host is not running.");

    public HistoryWriter Writer => _writer ?? throw new InvalidOperationException("The host is not running.");

    public void Open(Action<Exception> onFault)
    {
        _database = new Database(options.Value.Database);
        _reader = new HistoryReader(_database);
        _writer = new HistoryWriter(_database, onFault);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        _database?.Dispose();
        (_writer, _reader, _database) = (null, null, null);
    }
}
