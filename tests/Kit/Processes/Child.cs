using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>
/// A child process with its output kept. It ends when disposed of, and the kernel kills it when the test process dies,
/// however that happens.
/// </summary>
public sealed partial class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Output _output = new();
    private readonly bool _guarded;
    private int _disposed;

    private Child(Process process, string name, bool guarded)
    {
        _guarded = guarded;
        _process = process;
        Name = name;
        Id = process.Id;
        process.OutputDataReceived += (_, e) => _output.Add(e.Data);
        process.ErrorDataReceived += (_, e) => _output.Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>The process id, which is also the id of its process group.</summary>
    public int Id { get; }

    /// <summary>Standard output and standard error, in the order in which they were read.</summary>
    public Output Output => _output;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a command.</summary>
    /// <param name="environment">Added to the test's own environment; a null value removes the variable.</param>
    /// <param name="clean">Starts from an empty environment (with PATH and HOME) instead of the test's own.</param>
    public static Child Start(
        string name,
        IEnumerable<string> command,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null,
        bool clean = false
    ) => new(Starter.Start(NewInfo([.. Starter.Prefix, .. command], environment, folder, clean)), name, guarded: false);

    /// <summary>
    /// Starts a command that changes its user, by which the kernel forgets to end it with its parent: a guard asks it to
    /// end (SIGTERM) as soon as the test process is gone.
    /// </summary>
    public static Child StartGuarded(string name, IEnumerable<string> command) =>
        new(Starter.Start(NewInfo([.. Starter.Guard, .. command], null, null, clean: false)), name, guarded: true);

    private static ProcessStartInfo NewInfo(
        string[] command,
        IReadOnlyDictionary<string, string?>? environment,
        string? folder,
        bool clean
    )
    {
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        if (clean)
        {
            foreach (var key in info.Environment.Keys.Except(["PATH", "HOME", "DOTNET_ROOT"]).ToList())
            {
                info.Environment.Remove(key);
            }
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[key] = value;
        }

        return info;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message has its output.</exception>
    public static async Task<string> RunAsync(string folder, params string[] command)
    {
        await using var child = Start(command[0], command, folder: folder);
        using var gaveUp = new CancellationTokenSource(Eventually.Patience);
        await child._process.WaitForExitAsync(gaveUp.Token);
        return child.ExitCode == 0
            ? child.Output.Text
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' failed:\n{child.Output.Text}");
    }

    /// <summary>Waits until the process has ended and all of its output was read.</summary>
    /// <returns>The output.</returns>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task<string> WaitForExitAsync(TimeSpan within)
    {
        using var gaveUp = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(gaveUp.Token);
        return _output.Text;
    }

    /// <summary>Waits until a line of output satisfies the condition; lines already written count.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition, TimeSpan? within = null)
    {
        using var gaveUp = new CancellationTokenSource(within ?? Eventually.Patience);
        var exited = _process.WaitForExitAsync(gaveUp.Token);
        var line = _output.WaitForAsync(condition, gaveUp.Token);
        await Task.WhenAny(line, exited);
        return line.IsCompletedSuccessfully || _output.Lines.Any(condition)
            ? _output.Lines.First(condition)
            : throw new InvalidOperationException(
                $"{Name} did not say what was waited for{(HasExited ? $", it ended with {ExitCode}" : "")}. Its output:\n{_output.Text}"
            );
    }

    /// <summary>Ends the process alone, at once (SIGKILL), as <c>kill -9</c> does; waits until it is gone.</summary>
    public void Kill() => Send(Id, Signal.Kill, wait: true);

    /// <summary>Asks the process to end (SIGTERM) and waits; kills its whole group if it has not within the time (10 s).</summary>
    public async Task StopAsync(TimeSpan? within = null)
    {
        Send(Id, Signal.Terminate, wait: false);
        using var gaveUp = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(gaveUp.Token);
        }
        catch (OperationCanceledException) when (gaveUp.IsCancellationRequested)
        {
            Send(-Id, Signal.Kill, wait: true);
        }
    }

    /// <summary>Sends a signal to the process alone.</summary>
    public void Send(Signal signal) => Send(Id, signal, wait: false);

    internal static void Send(int target, Signal signal) => _ = kill(target, (int)signal);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (_guarded && !HasExited)
        {
            _process.StandardInput.Close();
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        Send(-Id, Signal.Kill);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Send(int target, Signal signal, bool wait)
    {
        if (!_process.HasExited)
        {
            Send(target, signal);
        }

        if (wait)
        {
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}

/// <summary>Signals by their Linux numbers.</summary>
public enum Signal
{
    Hangup = 1,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
