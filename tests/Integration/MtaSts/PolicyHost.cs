using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.MtaSts;

/// <summary>An HTTPS server on loopback that answers whatever a test says, and counts the requests.</summary>
internal sealed class PolicyHost : IAsyncDisposable
{
    private readonly WebApplication server;
    private int requests;

    private PolicyHost(WebApplication server) => this.server = server;

    public int Port => server.Address().Port;

    public int Requests => requests;

    public static async Task<PolicyHost> StartAsync(ServerCertificate certificate, RequestDelegate answer)
    {
        var host = new PolicyHost(WebServer.New(_ => certificate.Certificate, IPAddress.Loopback));
        host.server.Run(context =>
        {
            Interlocked.Increment(ref host.requests);
            return answer(context);
        });
        await host.server.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
