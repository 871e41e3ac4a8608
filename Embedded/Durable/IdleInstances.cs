namespace TlsOrLink.Embedded.Durable;

/// <summary>Instances in memory with nothing to do, longest idle first.</summary>
internal sealed class IdleInstances(EmbeddedOptions options)
{
    private readonly LinkedList<InstanceActor> _idle = new();

    /// <returns>Instances that should leave memory.</returns>
    public IReadOnlyList<InstanceActor> Add(InstanceActor actor, bool finished)
    {
        if (finished)
        {
            return [actor];
        }

        lock (_idle)
        {
            Unlink(actor);
            actor.IdleSince = Environment.TickCount64;
            actor.IdleNode = _idle.AddLast(actor);
            return _idle.Count > options.MaxIdleOrchestrations ? [TakeFirst()] : [];
        }
    }

    public void Remove(InstanceActor actor)
    {
        lock (_idle)
        {
            Unlink(actor);
        }
    }

    public IReadOnlyList<InstanceActor> TakeOld()
    {
        var old = Environment.TickCount64 - (long)options.IdleTime.TotalMilliseconds;
        var taken = new List<InstanceActor>();
        lock (_idle)
        {
            while (_idle.First is { } first && first.Value.IdleSince < old)
            {
                taken.Add(TakeFirst());
            }
        }

        return taken;
    }

    private InstanceActor TakeFirst()
    {
        var first = _idle.First!.Value;
        Unlink(first);
        return first;
    }

    private void Unlink(InstanceActor actor)
    {
        if (actor.IdleNode is { } node)
        {
            _idle.Remove(node);
            actor.IdleNode = null;
        }
    }
}
