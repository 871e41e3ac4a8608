namespace TlsOrLink.Smtp;

/// <summary>The places at one address, first come first served.</summary>
internal sealed class AddressGate(int places, TimeSpan slowDownFor, TimeProvider clock)
{
    private readonly int _places = places;
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _limit = places;
    private int _inside;
    private bool _closed;
    private DateTimeOffset _slowUntil;

    /// <summary>Takes a place or a turn in the queue.</summary>
    /// <param name="turn">Null where there was a place at once.</param>
    /// <returns>False where the gate is closed: ask for another.</returns>
    public bool TryEnter(out LinkedListNode<TaskCompletionSource>? turn)
    {
        lock (_lock)
        {
            turn = null;
            if (_closed)
            {
                return false;
            }

            Recover();
            if (_inside < _limit && _waiting.Count == 0)
            {
                _inside++;
            }
            else
            {
                turn = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return true;
        }
    }

    /// <summary>Waits for the turn; gives it up on cancellation.</summary>
    public async Task WaitAsync(LinkedListNode<TaskCompletionSource>? turn, CancellationToken cancellation)
    {
        if (turn is null)
        {
            return;
        }

        try
        {
            await turn.Value.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            GiveUp(turn);
            throw;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Recover();
            LetIn();
        }
    }

    /// <summary>Halves the places for a while, once in that while.</summary>
    public void SlowDown()
    {
        lock (_lock)
        {
            Recover();
            var now = clock.GetUtcNow();
            if (now >= _slowUntil)
            {
                _limit = Math.Max(1, _places / 2);
                _slowUntil = now + slowDownFor;
            }
        }
    }

    /// <summary>Closes the gate where nobody is there and nothing is to be remembered.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            Recover();
            _closed |= _inside == 0 && _waiting.Count == 0 && _limit == _places;
            return _closed;
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> turn)
    {
        lock (_lock)
        {
            if (turn.List is not null)
            {
                _waiting.Remove(turn);
                return;
            }
        }

        Leave(); // the place was given in the same moment
    }

    private void LetIn()
    {
        while (_inside < _limit && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _inside++;
            next.Value.SetResult();
        }
    }

    private void Recover()
    {
        if (_limit < _places && clock.GetUtcNow() >= _slowUntil)
        {
            _limit = _places;
        }
    }
}
