using System.Security.Cryptography;
using Microsoft.Playwright;
using TlsOrLink.Tests.Browser;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

[assembly: AssemblyFixture(typeof(BrowserWorld))]

namespace TlsOrLink.Tests.Browser;

/// <summary>The real app, storage on another origin, and a real Chromium; with one link in every state. One for all tests.</summary>
public sealed partial class BrowserWorld : IAsyncLifetime
{
    public const string Pin = "271828";
    public const string FileName = "御見積書（最終版）①〜髙橋.xlsx";

    private const string Chromium = "/usr/bin/chromium";
    private const string LinkedDomain = "partner.test";

    private IPlaywright? playwright;
    private IBrowser? browser;
    private ScriptedSmtp Office { get; set; } = null!;

    /// <summary>The code of links that ask for one.</summary>
    public const string Code = "open sesame";

    /// <summary>The server whose TLS is proven.</summary>
    public ScriptedSmtp Good { get; private set; } = null!;

    public TestWorld World { get; } = new();

    public AppProcess App { get; private set; } = null!;

    /// <summary>The server that has no TLS, so that its recipients get links.</summary>
    public ScriptedSmtp Partner { get; private set; } = null!;

    /// <summary>Bytes of the file named <see cref="FileName"/>.</summary>
    public byte[] Content { get; } = RandomNumberGenerator.GetBytes(200_000);

    /// <summary>By state, the path of a link that stays in it.</summary>
    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>The message behind <see cref="Links"/>.</summary>
    public string LinkedMessage { get; private set; } = "";

    /// <summary>Path of the boss's page for a message that waits for ever.</summary>
    public string Approval { get; private set; } = "";

    /// <summary>Path of the chief's page for the same message.</summary>
    public string OtherApproval { get; private set; } = "";

    /// <summary>Path of the boss's page for a message that was taken back.</summary>
    public string DecidedApproval { get; private set; } = "";

    /// <summary>What the caller <c>kit</c> does.</summary>
    public CallerApi Kit => field ??= new(App, TestWorld.CallerKey);

    /// <summary>What a caller does whose messages need an approval.</summary>
    public CallerApi Clerk => field ??= new(App, "clerk-key");

    public async ValueTask InitializeAsync()
    {
        var starting = StartChromiumAsync();
        (Office, Partner) = (World.StartScripted("mx.sender.example"), World.StartScripted($"mx.{LinkedDomain}"));
        Good = World.StartScripted("mx.good.test");
        Partner.Script = _ => new SmtpScript { OffersStartTls = false };
        await (await World.Dns).SetAsync([
            Office.ZoneFor("sender.example"),
            Partner.ZoneFor(LinkedDomain),
            Good.ZoneFor("good.test"),
        ]);
        App = await World.StartAppAsync([.. Settings()]);
        await Task.WhenAll(PrepareLinksAsync(), PrepareApprovalsAsync(), starting);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await World.DisposeAsync();
    }

    /// <summary>A browser with no cookies, in a language, on a screen.</summary>
    public Task<Visit> VisitAsync(Viewer viewer) => VisitAsync(viewer, App);

    /// <summary>The same, at another app of this world.</summary>
    public async Task<Visit> VisitAsync(Viewer viewer, AppProcess app)
    {
        var context = await browser!.NewContextAsync(
            new()
            {
                BaseURL = app.Client.BaseAddress!.ToString(),
                Locale = viewer.Language,
                ViewportSize = new() { Width = viewer.Width, Height = 800 },
                JavaScriptEnabled = viewer.HasScript,
                ColorScheme = viewer.IsDark ? ColorScheme.Dark : ColorScheme.Light,
                TimezoneId = viewer.Zone,
                IgnoreHTTPSErrors = true,
                AcceptDownloads = true,
            }
        );
        return new Visit(this, viewer, context, await context.NewPageAsync());
    }

    /// <summary>Sends the file to one who gets a link, and gives the path of that link.</summary>
    public async Task<string> NewLinkAsync(string recipient, byte[]? content = null, object? options = null)
    {
        var id = await Kit.SendAsync(FileName, content ?? Content, [$"{recipient}@{LinkedDomain}"], options);
        await Kit.WaitAsync(id, "completed");
        return MailLinks.PathIn(await Partner.MailToAsync($"{recipient}@{LinkedDomain}"), "/d/");
    }

    /// <summary>A message of the clerk's that waits for approval, and the boss's path to it.</summary>
    public async Task<(string Id, string Path)> NewApprovalAsync(string approver = "boss")
    {
        var id = await Clerk.SendAsync(FileName, Content, ["taro@good.test", $"hanako@{LinkedDomain}"]);
        return (id, await ApprovalAsync(approver, id));
    }

    private async Task<string> ApprovalAsync(string approver, string id) =>
        MailLinks.PathIn(await Office.MailToAsync($"{approver}@sender.example", id), "/approvals/");

    private async Task StartChromiumAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Timeout = (float)Eventually.Patience.TotalMilliseconds,
                Args =
                [
                    "--no-sandbox",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--disable-quic",
                ],
            }
        );
    }

    private async Task PrepareApprovalsAsync()
    {
        (var id, Approval) = await NewApprovalAsync();
        OtherApproval = await ApprovalAsync("chief", id);
        (var cancelled, DecidedApproval) = await NewApprovalAsync();
        await Clerk.PostAsync($"/api/messages/{cancelled}/cancel");
        await Clerk.WaitAsync(cancelled, "cancelled");
    }
}
