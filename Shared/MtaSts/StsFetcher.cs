using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.MtaSts;

/// <summary>Fetches policies with one <see cref="HttpClient"/> for the process.</summary>
internal sealed partial class StsFetcher : IStsFetcher, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;
    private readonly MtaStsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<StsFetcher> logger;

    /// <summary>Reads the trust bundle once.</summary>
    public StsFetcher(
        IResolver resolver,
        AddressGuard guard,
        IOptions<MtaStsOptions> options,
        TimeProvider clock,
        ILogger<StsFetcher> logger
    )
    {
        (this.options, this.clock, this.logger) = (options.Value, clock, logger);
        http = new HttpClient(PolicyHandler.Create(resolver, guard, Roots(options.Value.TrustBundle)))
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc />
    public async Task<StsFetched> FetchAsync(MailDomain domain, CancellationToken cancellation)
    {
        if (!DnsName.Of(domain).TryPrepend("mta-sts", out var host))
        {
            return new StsFetched(null, StsReasons.FetchFailed);
        }

        using var deadline = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await RequestAsync(host, either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            LogFailed(host.Value, fault);
            return new StsFetched(null, StsReasons.FetchFailed);
        }
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<StsFetched> RequestAsync(DnsName host, CancellationToken cancellation)
    {
        var address = new UriBuilder(Uri.UriSchemeHttps, host.Value, options.Port, "/.well-known/mta-sts.txt").Uri;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK || !IsPlainText(response.Content.Headers))
        {
            LogRefused(host.Value, (int)response.StatusCode);
            return new StsFetched(null, StsReasons.FetchFailed);
        }

        var body = await ReadAsync(response.Content, cancellation);
        var policy = body is null ? null : StsPolicyParser.Parse(body.Value.Span);
        return new StsFetched(policy, policy is null ? StsReasons.PolicyBad : null);
    }

    private static bool IsPlainText(HttpContentHeaders headers) =>
        string.Equals(headers.ContentType?.MediaType, "text/plain", StringComparison.OrdinalIgnoreCase);

    // Null where there is more than a policy may have.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var buffer = new byte[StsPolicyParser.MaxBytes + 1];
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return read < buffer.Length ? buffer.AsMemory(0, read) : null;
    }

    private static X509Certificate2Collection? Roots(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The MTA-STS policy of {Host} could not be fetched.")]
    private partial void LogFailed(string host, Exception fault);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The MTA-STS policy host {Host} answered {Status} or not with text/plain."
    )]
    private partial void LogRefused(string host, int status);
}
