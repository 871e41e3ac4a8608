using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Pages;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Pages;

internal static class SamplePages
{
    public const string StorageOrigin = "https://content.blob.example:444";

    public static readonly LinkToken Token = LinkToken.New();

    public static LinkPages New(string company = "株式会社サンプル")
    {
        var blobs = new BlobServiceClient(new Uri($"{StorageOrigin}/account"));
        var sas = new FileSas(
            blobs,
            new DelegationKey(blobs, TimeProvider.System),
            new HostingEnvironment(),
            TimeProvider.System
        );
        var options = new LinkOptions { Host = new Uri("https://files.sender.example/pick"), CompanyName = company };
        return new LinkPages(Options.Create(options), sas, Pass(options));
    }

    public static LinkPass Pass(LinkOptions? options = null) =>
        new(
            new AddressHash(Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) })),
            Options.Create(options ?? new LinkOptions { Host = new Uri("https://files.sender.example/pick") }),
            TimeProvider.System
        );

    public static LinkVisit Visit(string? chosen = null, string? accept = null, bool hasToken = true) =>
        new(hasToken ? Token : null, chosen, accept);
}
