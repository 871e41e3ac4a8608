using System.Globalization;

namespace TlsOrLink.Benchmarks.Report;

/// <summary>What a figure is to reach.</summary>
/// <param name="Limit">The figure at which it is just met.</param>
/// <param name="IsFloor">The more the better.</param>
/// <param name="Of">What the figure is, as it follows the number.</param>
internal sealed record Goal(double Limit, bool IsFloor, string Of)
{
    public static Goal AtLeast(double limit, string of) => new(limit, true, of);

    public static Goal AtMost(double limit, string of) => new(limit, false, of);

    public bool IsMetBy(double figure) => IsFloor ? figure >= Limit : figure <= Limit;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"at {(IsFloor ? "least" : "most")} {Limit:0.##} {Of}").Trim();
}

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Peer">What it is compared with, in the same run.</param>
/// <param name="Goal">What it is to reach; null where it is printed alone.</param>
/// <param name="Figure">The figure; null where the thing is not built.</param>
/// <param name="Shown">The figure with its spread and both sides, as text.</param>
internal sealed record Finding(string What, string Peer, Goal? Goal, double? Figure, string Shown)
{
    public string Verdict =>
        (Goal, Figure) switch
        {
            (_, null) => "not built",
            (null, _) => "",
            var (goal, figure) => goal.IsMetBy(figure.Value) ? "met" : "short",
        };

    public static Finding NotBuilt(string what, string peer, Goal goal) => new(what, peer, goal, null, "");
}
