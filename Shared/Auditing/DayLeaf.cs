namespace TlsOrLink.Auditing;

/// <summary>Where a chain stood at the end of a day in which it grew.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Chain"><c>m</c>, or <c>r{n}</c> of recipient n.</param>
/// <param name="Number">Of its last event of that day.</param>
/// <param name="Mac">Of that event.</param>
internal sealed record DayLeaf(string MessageId, string Chain, int Number, string Mac);
