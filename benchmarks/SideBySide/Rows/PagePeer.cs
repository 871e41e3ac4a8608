using System.Globalization;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>The peer of the landing page: one point read of the same row, then a static page of the same size.</summary>
internal static class PagePeer
{
    /// <param name="arguments">Address to listen at, connection string of the storage, id of the link, size of the page in bytes.</param>
    public static async Task ServeAsync(string[] arguments)
    {
        var (address, connection, link) = (arguments[0], arguments[1], arguments[2]);
        var page = new byte[int.Parse(arguments[3], CultureInfo.InvariantCulture)];
        Array.Fill(page, (byte)'x');
        var table = new TableServiceClient(connection).GetTableClient("Links");
        // Not the working directory, which would be watched with all that is in it.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet(
            "/d/{token}",
            async (HttpResponse response, CancellationToken cancellation) =>
            {
                var row = await table.GetEntityIfExistsAsync<TableEntity>(link, "l", cancellationToken: cancellation);
                response.StatusCode = row.HasValue ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
                response.ContentType = "text/html; charset=utf-8";
                await response.Body.WriteAsync(page, cancellation);
            }
        );
        await app.RunAsync(address);
    }
}
