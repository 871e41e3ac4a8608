using System.Globalization;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.World;

/// <summary>No process outlives the tests, whatever becomes of them.</summary>
public sealed class ChildTests
{
    [Fact]
    public async Task A_child_dies_when_its_parent_is_killed()
    {
        var command = $"{string.Join(' ', Starter.Prefix)} sleep 300 & echo $!; wait";
        await using var parent = Child.Start("parent", ["bash", "-c", command]);
        var grandchild = Id(await parent.WaitForLineAsync(l => l.Length > 0));
        await Eventually.BeTrueAsync(() => CommandOf(grandchild) == "sleep");
        parent.Kill();
        await Eventually.BeTrueAsync(() => CommandOf(grandchild) != "sleep");
    }

    [Fact]
    public async Task A_child_does_not_die_with_the_thread_that_asked_for_it()
    {
        Child? child = null;
        var thread = new Thread(() => child = Child.Start("sleep", ["sleep", "300"]));
        thread.Start();
        thread.Join();
        await using (child)
        {
            await Eventually.BeTrueAsync(() => CommandOf(child!.Id) == "sleep");
            child!.HasExited.ShouldBeFalse();
        }

        CommandOf(child.Id).ShouldBeNull();
    }

    [Fact]
    public async Task A_guarded_child_is_asked_to_end_when_its_parent_is_killed()
    {
        var guarded = string.Join(' ', Starter.Guard.Select(a => $"'{a}'"));
        var command = $"sleep 300 | {guarded} bash -c 'echo $$; exec sleep 299'";
        await using var parent = Child.Start("parent", ["bash", "-c", command]);
        var grandchild = Id(await parent.WaitForLineAsync(l => l.Length > 0));
        await Eventually.BeTrueAsync(() => CommandOf(grandchild) == "sleep");
        await Child.RunAsync("/", "pkill", "-g", $"{parent.Id}", "-x", "sleep");
        await Eventually.BeTrueAsync(() => CommandOf(grandchild) is null);
    }

    [Fact]
    public async Task Postfix_leaves_no_process_behind()
    {
        string root;
        await using (var world = new TestWorld())
        {
            root = world.Folder.Root;
            await (await world.Postfix).AddAsync("mx.one.test");
            Commands().Count(c => c.Contains(root, StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        }

        await Eventually.BeTrueAsync(() => !Commands().Any(c => c.Contains(root, StringComparison.Ordinal)));
        Directory.Exists(root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_bears_its_process_and_goes_with_its_world()
    {
        using var folder = new TempFolder();
        Path.GetFileName(folder.Root).ShouldStartWith($"kit-{Environment.ProcessId}-");
        await File.WriteAllTextAsync(folder.File("a", "b.txt"), "kept while in use");
        new TempFolder().Dispose();
        File.Exists(folder.File("a", "b.txt")).ShouldBeTrue();
        folder.Dispose();
        Directory.Exists(folder.Root).ShouldBeFalse();
    }

    [Fact]
    public void Two_worlds_do_not_share_addresses()
    {
        using var one = new Loopback();
        using var two = new Loopback();
        one.NextAddress().ShouldNotBe(two.NextAddress());
        one.NextAddress().ShouldNotBe(one.NextAddress());
    }

    private static int Id(string line) => int.Parse(line, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Commands() =>
        Directory.GetDirectories("/proc").Select(d => Read(Path.Combine(d, "cmdline"))).OfType<string>();

    private static string? CommandOf(int id) =>
        Read($"/proc/{id}/stat") is { } stat && !stat.Contains(") Z ", StringComparison.Ordinal)
            ? Read($"/proc/{id}/comm")?.Trim()
            : null;

    private static string? Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
