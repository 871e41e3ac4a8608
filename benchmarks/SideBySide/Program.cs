using TlsOrLink.Benchmarks;
using TlsOrLink.Benchmarks.Rows;

if (args is ["serve-page", .. var page])
{
    await PagePeer.ServeAsync(page);
    return 0;
}

return await Run.MainAsync(args);
