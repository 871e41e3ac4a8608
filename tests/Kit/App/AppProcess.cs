using System.Globalization;
using TlsOrLink.Tests.Kit.Contract;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.App;

/// <summary>The real app as a process of its own, in an environment that has nothing but its settings.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private static readonly string BuiltWithTests = Path.Combine(AppContext.BaseDirectory, "TlsOrLink.Functions.dll");

    private readonly List<string> _earlier = [];
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _folder;
    private readonly string _assembly;
    private Child _child;

    private AppProcess(IReadOnlyDictionary<string, string> settings, string folder, string assembly)
    {
        (_settings, _folder, _assembly) = (settings, folder, assembly);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // A body that may be refused unread is sent when the app asks for it, however late it does.
            Expect100ContinueTimeout = Eventually.Patience,
        };
        Client = new HttpClient(Watch?.Over(handler) ?? handler)
        {
            BaseAddress = new Uri(settings["ASPNETCORE_URLS"]),
            Timeout = Eventually.Patience,
        };
        _child = Launch();
    }

    /// <summary>Holds what every app answers against its contract; null for nobody does. Set before the first test.</summary>
    public static ContractWatch? Watch { get; set; }

    /// <summary>Speaks to the app; follows no redirect and keeps no cookie. Stays the same over restarts.</summary>
    public HttpClient Client { get; }

    public int Id => _child.Id;

    public bool HasExited => _child.HasExited;

    /// <summary>Everything that it wrote to standard output and standard error, in all its lives.</summary>
    public string Output => string.Join('\n', [.. _earlier, _child.Output.Text]);

    /// <summary>What it writes in this life.</summary>
    public Output Log => _child.Output;

    /// <summary>The most memory that it ever used in this life, in bytes (<c>VmHWM</c>).</summary>
    public long PeakMemoryBytes => Memory("VmHWM:");

    /// <summary>The memory that it uses now, in bytes (<c>VmRSS</c>).</summary>
    public long MemoryBytes => Memory("VmRSS:");

    /// <summary>Starts the app and waits until it answers HTTP.</summary>
    /// <param name="settings">Environment variables; <c>ASPNETCORE_URLS</c> must be one base address.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="assembly">The app to start; null for the one that was built with the tests.</param>
    /// <exception cref="InvalidOperationException">It ended or did not answer within <see cref="Eventually.Patience"/>; the message has its output.</exception>
    public static async Task<AppProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings,
        string folder,
        string? assembly = null
    )
    {
        var app = new AppProcess(settings, folder, assembly ?? BuiltWithTests);
        try
        {
            await app.WaitUntilItAnswersAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill() => _child.Kill();

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public Task StopAsync() => _child.StopAsync(TimeSpan.FromSeconds(30));

    /// <summary>Starts it anew with the same settings and files, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync()
    {
        if (!HasExited)
        {
            throw new InvalidOperationException("The app still runs: Kill() or StopAsync() first.");
        }

        _earlier.Add(_child.Output.Text);
        await _child.DisposeAsync();
        _child = Launch();
        await WaitUntilItAnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _child.DisposeAsync();
    }

    private Child Launch() =>
        Child.Start(
            "TlsOrLink.Functions",
            ["dotnet", _assembly],
            _settings.ToDictionary(s => s.Key, s => (string?)s.Value),
            _folder,
            clean: true
        );

    private Task WaitUntilItAnswersAsync() =>
        Eventually.GetAsync(
            async () =>
            {
                if (HasExited)
                {
                    throw new InvalidOperationException($"The app ended with {_child.ExitCode}. Its output:\n{Output}");
                }

                try
                {
                    using var answer = await Client.GetAsync(new Uri("/health", UriKind.Relative));
                    return $"{answer.StatusCode}";
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            Eventually.Patience,
            () => $"The app does not answer at {Client.BaseAddress}. Its output:\n{Output}"
        );

    private long Memory(string field) =>
        long.Parse(
            File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal))[
                field.Length..^3
            ],
            CultureInfo.InvariantCulture
        ) * 1024;
}
