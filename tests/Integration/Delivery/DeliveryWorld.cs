using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>A world with an app in it whose timers and retries are quick.</summary>
public class DeliveryWorld : IAsyncLifetime
{
    private AppProcess? _app;

    public TestWorld World { get; } = new();

    public AppProcess App => _app ?? throw new InvalidOperationException("The world is not started.");

    /// <summary>What the world's caller does.</summary>
    public MessageApi Api => field ??= new(App);

    /// <summary>The app's SQLite file.</summary>
    public string Database => World.Folder.File("app", "orchestrations.db");

    /// <summary>Settings on top of those of every world.</summary>
    protected virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    public virtual async ValueTask InitializeAsync() =>
        _app = await World.StartAppAsync([
            ("DOTNET_ENVIRONMENT", "Development"),
            ("Embedded__Database", Database),
            ("Delivery__FirstRetry", "00:00:01"),
            ("Delivery__ClaimLife", "00:00:02"),
            ("Reconciling__Schedule", "* * * * * *"),
            ("Purging__Schedule", "* * * * * *"),
            ("Purging__Grace", "00:00:01"),
            .. Settings,
        ]);

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A scripted server with a domain of its own.</summary>
    public async Task<ScriptedSmtp> AddScriptedAsync(string domain, Func<int, SmtpScript>? script = null)
    {
        var server = World.StartScripted($"mx.{domain}");
        server.Script = script ?? server.Script;
        await (await World.Dns).SetAsync([server.ZoneFor(domain)]);
        return server;
    }

    /// <summary>A Postfix server with a domain of its own.</summary>
    public async Task<PostfixServer> AddPostfixAsync(string domain, MailFlavour flavour = MailFlavour.Good)
    {
        var server = await (await World.Postfix).AddAsync($"mx.{domain}", flavour);
        await (await World.Dns).SetAsync([server.ZoneFor(domain)]);
        return server;
    }

    /// <summary>Forgets the verdict of a domain, as time does (one minute for <c>unknown</c>).</summary>
    public async Task ForgetVerdictAsync(string domain) =>
        await (await World.Azurite).NewTableClient().GetTableClient("Verdicts").DeleteEntityAsync(domain, "v");
}
