using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Browser;

/// <summary>How somebody looks at our pages.</summary>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Width">Of the screen, in CSS pixels.</param>
/// <param name="HasScript">JavaScript is on.</param>
/// <param name="IsDark">The person prefers dark colours.</param>
public sealed record Viewer(string Language, int Width, bool HasScript, bool IsDark = false)
{
    /// <summary>Time zone of the browser, as IANA names it.</summary>
    public string Zone { get; init; } = "Asia/Tokyo";
}

/// <summary>Somebody at a browser; notes whatever should not happen.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>How long a browser may take for one thing, on a machine that does much else.</summary>
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly IBrowserContext context;
    private bool isSignedIn;
    private readonly ConcurrentQueue<string> said = new();
    private readonly ConcurrentQueue<(string Method, Uri Url)> asked = new();

    internal Visit(BrowserWorld world, Viewer viewer, IBrowserContext context, IPage page)
    {
        (World, Viewer, this.context, Page) = (world, viewer, context, page);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                said.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => said.Enqueue($"error: {error}");
        context.Request += (_, request) => asked.Enqueue((request.Method, new Uri(request.Url)));
    }

    public BrowserWorld World { get; }

    public Viewer Viewer { get; }

    public IPage Page { get; }

    /// <summary>Opens a path of the app in the viewer's language.</summary>
    public async Task<int> OpenAsync(string path)
    {
        PageGotoOptions options = new() { WaitUntil = WaitUntilState.Commit };
        var answer = await Page.GotoAsync($"{path}?lang={Viewer.Language}", options);
        await ReadAsync();
        return answer!.Status;
    }

    /// <summary>Presses a button that leads to another page, and gives its status.</summary>
    public async Task<int> PressAsync(string selector)
    {
        await Page.EvaluateAsync("document.documentElement.dataset.left = ''");
        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.ClickAsync(selector),
            response => response.Request.IsNavigationRequest && response.Status is < 300 or >= 400
        );
        await Page.Locator("html:not([data-left]) > body")
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await ReadAsync();
        return answer.Status;
    }

    /// <summary>
    /// Waits until the page was read to its end; our pages bring their style and script along. The document is asked, since the
    /// browser's event was once lost under load (the load event never came, the one for an idle network did).
    /// </summary>
    private Task<string> ReadAsync() =>
        Eventually.GetAsync(
            async () =>
                await Page.EvaluateAsync<string>("document.readyState") is not "loading" and var state ? state : null,
            Patience
        );

    /// <summary>Signs in as the caller <c>kit</c>; does nothing where that was done.</summary>
    public async Task SignInAsync()
    {
        if (isSignedIn)
        {
            return;
        }

        await OpenAsync("/signin");
        await Page.FillAsync("#key", TestWorld.CallerKey);
        (await PressAsync("main button")).ShouldBe(200);
        isSignedIn = true;
    }

    /// <summary>Forgets every cookie, as a browser does that is told to.</summary>
    public async Task ForgetAsync()
    {
        await context.ClearCookiesAsync();
        isSignedIn = false;
    }

    /// <summary>Signs in as an approver, where that was not done.</summary>
    public async Task<int> SignInAsync(string path, string pin)
    {
        var status = await OpenAsync(path);
        if (await Page.Locator("#pin").CountAsync() == 0)
        {
            return status;
        }

        await Page.FillAsync("#pin", pin);
        return await PressAsync("main button");
    }

    /// <summary>What the browser said since it was last asked, but for the status of a page: that is no fault of the page.</summary>
    public IReadOnlyList<string> Complaints()
    {
        List<string> all = [];
        while (said.TryDequeue(out var line))
        {
            all.Add(line);
        }

        return
        [
            .. all.Where(line =>
                !line.StartsWith(
                    "error: Failed to load resource: the server responded with a status of",
                    StringComparison.Ordinal
                )
            ),
        ];
    }

    /// <summary>Every origin that the browser asked anything of.</summary>
    public IReadOnlyList<string> Origins() =>
        [.. asked.Select(one => one.Url.GetLeftPart(UriPartial.Authority)).Distinct(StringComparer.Ordinal)];

    /// <summary>What was asked for, as method and path without its slash.</summary>
    public IReadOnlyList<string> Requests() =>
        [
            .. asked
                .Select(one => $"{one.Method} {one.Url.AbsolutePath.TrimStart('/')}")
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>By how many pixels the page is wider than the screen.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>What axe finds wrong, each with the element.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        var result = await Page.RunAxe();
        return
        [
            .. result.Violations.SelectMany(violation =>
                violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}")
            ),
        ];
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
