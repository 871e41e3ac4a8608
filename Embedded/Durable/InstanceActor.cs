using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>One instance's mailbox: its steps are taken one after the other, each on disk before the next.</summary>
internal sealed class InstanceActor(string id, DurableEngine engine)
{
    private const int MessagesPerStep = 256;
    private readonly Queue<Message> _mail = new();
    private InstanceRecord? _instance;
    private LiveOrchestration? _live;
    private bool _loaded;
    private bool _busy;
    private bool _retired;

    public string Id => id;

    /// <summary>For the engine's list of idle instances.</summary>
    public LinkedListNode<InstanceActor>? IdleNode { get; set; }

    public long IdleSince { get; set; }

    /// <returns>False when the actor has left memory: ask for the instance again.</returns>
    public bool TryPost(Message message)
    {
        lock (_mail)
        {
            if (_retired)
            {
                return false;
            }

            _mail.Enqueue(message);
            if (_busy)
            {
                return true;
            }

            _busy = true;
        }

        engine.Touched(this);
        ThreadPool.UnsafeQueueUserWorkItem(static actor => actor.Work(), this, preferLocal: false);
        return true;
    }

    /// <summary>Leaves memory, unless there is something to do.</summary>
    public bool TryRetire()
    {
        lock (_mail)
        {
            if (_busy || _retired)
            {
                return false;
            }

            _retired = true;
        }

        _live?.Dispose();
        _live = null;
        return true;
    }

    private void Work()
    {
        try
        {
            TakeStep();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            engine.Fault(e);
        }
    }

    private void TakeStep()
    {
        if (!_loaded)
        {
            _instance = engine.Parts.Reader.Instance(id);
            _loaded = true;
        }

        var messages = TakeMail();
        if (engine.Parts.Strict && messages[0] is not ForeignCall)
        {
            _live?.Dispose();
            _live = null;
        }

        var step = new InstanceStep(id, _instance, _live, engine.Parts);
        messages.ForEach(step.Take);
        step.Turn();
        _instance = step.Instance;
        _live = step.Live;
        if (step.Step.IsEmpty)
        {
            End(step);
        }
        else
        {
            engine.Write(step.Step, () => End(step));
        }
    }

    private List<Message> TakeMail()
    {
        var most = engine.Parts.Strict ? 1 : MessagesPerStep;
        lock (_mail)
        {
            List<Message> taken = [_mail.Dequeue()];
            while (taken[0].CanShareStep && taken.Count < most && _mail.TryPeek(out var next) && next.CanShareStep)
            {
                taken.Add(_mail.Dequeue());
            }

            return taken;
        }
    }

    private void End(InstanceStep step)
    {
        try
        {
            step.Effects.ForEach(effect => effect());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            engine.Fault(e);
            return;
        }

        var finished = _instance is null or { IsFinished: true };
        bool more;
        lock (_mail)
        {
            more = _busy = _mail.Count > 0;
        }

        if (more)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static actor => actor.Work(), this, preferLocal: false);
        }
        else
        {
            engine.Idle(this, finished);
        }
    }
}
