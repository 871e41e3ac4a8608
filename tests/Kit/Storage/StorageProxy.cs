using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>
/// Stands between the app and <see cref="Azurite"/>: counts, holds still and breaks requests, so that storage budgets
/// and crashes are tested from outside.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<StorageCall> _calls = [];
    private readonly List<WebApplication> _servers = [];
    private readonly PrivateAuthority _authority;
    private readonly Forwarder _forwarder;
    private ImmutableList<Intervention> _interventions = [];

    private StorageProxy(PrivateAuthority authority)
    {
        _authority = authority;
        _forwarder = new Forwarder(authority);
    }

    public Uri BlobUri { get; private set; } = null!;

    public Uri TableUri { get; private set; } = null!;

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<StorageCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Forwards to an Azurite of either flavour, speaking the same scheme.</summary>
    public static async Task<StorageProxy> StartAsync(Azurite azurite, PrivateAuthority authority)
    {
        var proxy = new StorageProxy(authority);
        proxy.BlobUri = await proxy.ListenAsync(StorageService.Blob, azurite.BlobUri);
        proxy.TableUri = await proxy.ListenAsync(StorageService.Table, azurite.TableUri);
        return proxy;
    }

    /// <summary>Requests that came after the given one (<c>proxy.Calls.Count</c> taken earlier).</summary>
    public IReadOnlyList<StorageCall> CallsSince(int count) => [.. Calls.Skip(count)];

    /// <summary>
    /// Holds matching requests still until released or until the client is gone. <paramref name="before"/>: the request
    /// is not forwarded until released, and never once the client is gone. Otherwise storage has done it, and only the
    /// answer is withheld.
    /// </summary>
    /// <param name="times">How many requests at most; the others pass.</param>
    public Stall StallWhen(Func<StorageCall, bool> matches, bool before, int times = 1) =>
        Add(new Stall(matches, before, times, Remove));

    /// <summary>Makes matching requests fail.</summary>
    /// <param name="times">How many requests at most; the others pass.</param>
    public Failure FailWhen(Func<StorageCall, bool> matches, StorageFault fault, int times = int.MaxValue) =>
        Add(new Failure(matches, fault, times, Remove));

    public async ValueTask DisposeAsync()
    {
        foreach (var intervention in _interventions)
        {
            intervention.Dispose();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _forwarder.Dispose();
    }

    private async Task<Uri> ListenAsync(StorageService service, Uri target)
    {
        var certificate = _authority.Issue("localhost", "127.0.0.1").Certificate;
        var server = WebServer.New(target.Scheme == Uri.UriSchemeHttps ? _ => certificate : null);
        server.Run(context => HandleAsync(service, target, context));
        await server.StartAsync();
        _servers.Add(server);
        return new Uri(server.Address(), Azurite.Account);
    }

    private async Task HandleAsync(StorageService service, Uri target, HttpContext context)
    {
        var body = service == StorageService.Table ? await ReadAsync(context.Request) : [];
        StorageCall call;
        lock (_gate)
        {
            call = CallParser.Parse(_calls.Count + 1, service, context.Request, body);
            call.ArrivedAt = Stopwatch.GetTimestamp();
            _calls.Add(call);
        }

        var met = _interventions.FirstOrDefault(i => i.Take(call));
        try
        {
            await InterveneAsync(met, call, context, target, body);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task InterveneAsync(Intervention? met, StorageCall call, HttpContext context, Uri target, byte[] body)
    {
        switch (met)
        {
            case Failure { Fault: StorageFault.Unavailable } failure:
                failure.Happen(call);
                context.Response.StatusCode = (int)(call.Status = StatusCodes.Status503ServiceUnavailable);
                return;
            case Failure { Fault: StorageFault.Reset } failure:
                failure.Happen(call);
                context.Abort();
                return;
            case Stall { Before: true } stall:
                await stall.HoldAsync(call, context.RequestAborted);
                break;
        }

        using var answer = await _forwarder.SendAsync(context, target, call.Service, body);
        switch (met)
        {
            case Failure failure:
                failure.Happen(call);
                context.Abort();
                return;
            case Stall { Before: false } stall:
                await stall.HoldAsync(call, context.RequestAborted);
                break;
        }

        call.AnsweredAt = Stopwatch.GetTimestamp();
        call.Status = (int)answer.StatusCode;
        await Forwarder.AnswerAsync(context, answer);
    }

    private T Add<T>(T intervention)
        where T : Intervention
    {
        ImmutableInterlocked.Update(ref _interventions, list => list.Add(intervention));
        return intervention;
    }

    private void Remove(Intervention intervention) =>
        ImmutableInterlocked.Update(ref _interventions, list => list.Remove(intervention));

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, request.HttpContext.RequestAborted);
        return copy.ToArray();
    }
}
