using System.Text;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>Which secrets sign, and when.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));
    private readonly MemoryTables tables = new();
    private readonly SubscriptionRooms rooms;

    public RotationTests() => rooms = new SubscriptionRooms(tables, clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_of_before_signs_for_24_hours_beside_the_new_one()
    {
        var made = await rooms.SubscribeAsync("link.opened");

        var rotated = (await RotateAsync(made, null)).ShouldNotBeNull();

        rotated.Secret.ShouldNotBe(made.Secret);
        (await SecretsAsync(made)).ShouldBe([rotated.Secret, made.Secret]);
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        (await SecretsAsync(made)).Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromTicks(1));
        (await SecretsAsync(made)).ShouldBe([rotated.Secret]);
    }

    [Fact]
    public async Task Asking_again_since_the_answer_was_lost_locks_nobody_out()
    {
        var made = await rooms.SubscribeAsync("link.opened");
        var lost = (await RotateAsync(made, null))!;
        clock.Advance(TimeSpan.FromHours(1));

        var again = (await RotateAsync(made, null))!;

        (await SecretsAsync(made)).ShouldBe([again.Secret, lost.Secret, made.Secret]);
        clock.Advance(TimeSpan.FromHours(23));
        (await SecretsAsync(made)).ShouldBe([again.Secret, lost.Secret], "each ends after its own day");
    }

    [Fact]
    public async Task A_secret_of_ones_own_given_again_changes_nothing_and_one_of_before_is_the_first_again()
    {
        var made = await rooms.SubscribeAsync("link.opened");
        await RotateAsync(made, "a-secret-of-my-own");
        (await RotateAsync(made, "a-secret-of-my-own"))!.Secret.ShouldBe("a-secret-of-my-own");
        (await SecretsAsync(made)).ShouldBe(["a-secret-of-my-own", made.Secret]);

        await RotateAsync(made, made.Secret);

        (await SecretsAsync(made)).ShouldBe([made.Secret, "a-secret-of-my-own"]);
    }

    [Fact]
    public async Task The_header_does_not_grow_without_end()
    {
        var made = await rooms.SubscribeAsync("link.opened");
        for (var n = 0; n < 9; n++)
        {
            await RotateAsync(made, $"a-secret-of-my-own-{n}");
        }

        (await SecretsAsync(made)).ShouldBe([.. Enumerable.Range(0, 5).Select(n => $"a-secret-of-my-own-{8 - n}")]);
    }

    [Fact]
    public async Task The_rest_of_a_subscription_stays_and_no_secret_stands_in_the_table_or_in_a_text()
    {
        var made = await rooms.SubscribeAsync("link.opened", "message.held");
        await rooms.Table.NoteAsync(made, clock.GetUtcNow(), "timeout", Cancellation);

        var rotated = (await RotateAsync(made, "a-secret-of-my-own"))!;

        var read = (await rooms.Desk.FindAsync("kit", made.Id, Cancellation))!;
        (read.Url, read.LastFailure).ShouldBe((made.Url, "timeout"));
        read.Events.ShouldBe(made.Events);
        var kept = string.Join('\n', tables.Rows.Values.SelectMany(row => row.Select(column => column.Value)));
        kept.ShouldNotContain(made.Secret);
        kept.ShouldNotContain("a-secret-of-my-own");
        $"{rotated} {rotated.OldSecrets[0]}".ShouldNotContain(made.Secret);
    }

    [Fact]
    public async Task Anothers_subscription_and_none_have_no_secret_to_change()
    {
        var made = await rooms.SubscribeAsync("link.opened");

        (await rooms.Desk.RotateAsync("other", made.Id, null, Cancellation)).ShouldBeNull();
        (await rooms.Desk.RotateAsync("kit", new string('0', 32), null, Cancellation)).ShouldBeNull();
        (await rooms.Desk.RotateAsync("kit", "x", null, Cancellation)).ShouldBeNull();
        (await SecretsAsync(made)).ShouldBe([made.Secret]);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("""{ "secret": null }""", null, null)]
    [InlineData("""{ "secret": "a-secret-of-my-own" }""", "a-secret-of-my-own", null)]
    [InlineData("""{ "secret": "short" }""", null, "secret")]
    [InlineData("""{ "secret": 5 }""", null, "secret")]
    [InlineData("""{ "secret": "whsec_***not-base64***" }""", null, "secret")]
    [InlineData("""{ "secret": "\ud800" }""", null, "$")]
    [InlineData("""{ "other": 1 }""", null, "other")]
    [InlineData("[]", null, "$")]
    [InlineData("{", null, "$")]
    public void A_wish_is_read_or_refused_naming_the_field(string body, string? secret, string? field)
    {
        var form = SecretForm.Read(Encoding.UTF8.GetBytes(body));

        form.Secret.ShouldBe(secret);
        form.Errors.Keys.ShouldBe(field is null ? [] : [field]);
    }

    [Fact]
    public void A_wish_that_is_too_large_is_refused() => SecretForm.Read(null).Errors.Keys.ShouldBe(["$"]);

    public void Dispose() => rooms.Dispose();

    private Task<Subscription?> RotateAsync(Subscription made, string? secret) =>
        rooms.Desk.RotateAsync("kit", made.Id, secret, Cancellation);

    private async Task<IReadOnlyList<string>> SecretsAsync(Subscription made) =>
        [.. (await rooms.Desk.FindAsync("kit", made.Id, Cancellation))!.SecretsAt(clock.GetUtcNow())];
}
