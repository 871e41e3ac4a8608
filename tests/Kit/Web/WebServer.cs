using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TlsOrLink.Tests.Kit.Web;

/// <summary>Kestrel on loopback for the Kit's own HTTP servers: a free port, no logs, no limits of its own.</summary>
internal static class WebServer
{
    /// <summary>Makes a server that is not yet started.</summary>
    /// <param name="certificate">Given per connection; null for HTTP.</param>
    public static WebApplication New(Func<ServerName, X509Certificate2>? certificate = null, IPAddress? address = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.AddServerHeader = false;
            kestrel.Listen(
                address ?? IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                    {
                        listen.UseHttps(
                            new HttpsConnectionAdapterOptions
                            {
                                ServerCertificateSelector = (_, name) => certificate(new ServerName(name ?? "")),
                            }
                        );
                    }
                }
            );
        });
        return builder.Build();
    }

    /// <summary>The base address, with the port that it got.</summary>
    public static Uri Address(this WebApplication server) =>
        new(
            server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
                + "/"
        );
}

/// <summary>The server name that a client asked for (SNI), empty where it sent none.</summary>
internal readonly record struct ServerName(string Value);
