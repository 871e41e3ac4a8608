using System.Text;
using System.Web;
using Azure.Data.Tables;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>Secrets and contents are nowhere but where they belong.</summary>
public sealed class CanaryTests(CanaryTests.Talkative world) : IClassFixture<CanaryTests.Talkative>
{
    /// <summary>Logs all that it can.</summary>
    public sealed class Talkative : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Logging__LogLevel__Default", "Trace"),
                ("Links__Life", "00:00:30"),
                ("Purging__ContentLife", "00:00:00"),
            ];
    }

    [Fact]
    public async Task Nothing_confidential_is_in_logs_in_the_database_or_in_keys()
    {
        var secure = await world.AddScriptedAsync(
            "secure.test",
            _ => new SmtpScript
            {
                RecipientReply = to =>
                    to.Contains("refused", StringComparison.Ordinal)
                        ? $"550 5.1.1 <{to}> is not known here"
                        : $"250 2.1.5 <{to}> fine",
                MessageReply = "250 2.0.0 canary-in-reply-6d1f",
            }
        );
        var clear = await world.AddScriptedAsync("clear.test", _ => new SmtpScript { OffersStartTls = false });
        var letter = new Letter(
            "canary-to-81b2@secure.test",
            "canary-refused-2c7e@secure.test",
            "canary-link-9e3d@clear.test"
        )
        {
            Sender = "canary-from-4f0a@sender.example",
            Subject = "canary-subject-77aa",
            Text = "canary-body-0c5b",
            FileName = "canary-name-e3d9.bin",
            File = Encoding.UTF8.GetBytes("canary-file-b58c"),
        };

        var id = (await world.Api.SendAsync(letter, "canary-idempotency-15d4")).Id;
        var seen = await world.Api.WaitForCompletionAsync(id);
        seen.Recipients.Select(r => r.State).Order().ShouldBe(["accepted", "bounced", "linked"]);
        secure.Messages.Single().Text.ShouldContain("canary-body-0c5b");
        var mail = await LinkMailSeen.ReadAsync(clear.Messages.Single());
        var sas = await mail.PressAsync(world.App.Client, 1);
        using (var client = world.World.Authority.NewClient())
        {
            (await client.GetByteArrayAsync(sas)).ShouldBe(letter.File);
        }

        using (await new MessageApi(world.App) { Key = "canary-wrong-key-a1c6" }.PostAsync(letter)) { }
        var running = await PlacesAsync();
        await Eventually.GetAsync(
            async () =>
                (await mail.OpenAsync(world.App.Client)).StatusCode == System.Net.HttpStatusCode.Gone ? "" : null,
            Eventually.Patience
        );
        await Eventually.BeTrueAsync(() => world.App.Output.Contains("Purged 1 links", StringComparison.Ordinal));
        await world.App.StopAsync();
        var places = running.Concat(await PlacesAsync()).ToList();

        // What may be there is found, in each kind of place: else the search itself would be blind.
        string.Join(' ', places.Where(place => place.Holds(id)).Select(place => place.Name).Distinct().Order())
            .ShouldBe(
                "database keys output",
                "a message's id is no secret and must be found, or this test sees nothing"
            );
        var signature = HttpUtility.ParseQueryString(sas.Query)["sig"]!;
        string[] secrets =
        [
            "canary-",
            TestWorld.CallerKey,
            mail.Token,
            signature,
            Uri.EscapeDataString(signature),
            letter.EncodedFile,
        ];
        var leaks = secrets.SelectMany(secret =>
            places.Where(place => place.Holds(secret)).Select(p => p.Show(secret))
        );
        string.Join('\n', leaks.Distinct()).ShouldBe("");
    }

    private async Task<IReadOnlyList<Place>> PlacesAsync()
    {
        var folder = Path.GetDirectoryName(world.Database)!;
        var files = Directory.GetFiles(folder, $"{Path.GetFileName(world.Database)}*");
        var tables = (await world.World.Azurite).NewTableClient();
        var keys = new StringBuilder();
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                keys.AppendLine($"{table.Name} {row.PartitionKey} {row.RowKey}");
            }
        }

        await foreach (var container in (await world.World.Azurite).NewBlobClient().GetBlobContainersAsync())
        {
            var blobs = (await world.World.Azurite).NewBlobClient().GetBlobContainerClient(container.Name);
            await foreach (
                var blob in blobs.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.Metadata, default, null, default)
            )
            {
                keys.AppendLine($"{container.Name} {blob.Name} {string.Join(' ', blob.Metadata)}");
            }
        }

        return
        [
            new("output", world.App.Output),
            new("keys", keys.ToString()),
            .. files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(Place.OfDatabase),
        ];
    }

    /// <summary>Something that is looked through.</summary>
    private sealed record Place(string Name, string Text)
    {
        private const int Around = 100;

        /// <summary>Byte for byte, whatever they mean.</summary>
        public static Place OfDatabase(string file)
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return new Place("database", reader.ReadToEnd());
        }

        public bool Holds(string secret) => Text.Contains(secret, StringComparison.OrdinalIgnoreCase);

        public string Show(string secret)
        {
            var at = Text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            return $"{Name} holds {secret}: …{Text[Math.Max(0, at - Around)..Math.Min(Text.Length, at + Around)]}…";
        }
    }
}
