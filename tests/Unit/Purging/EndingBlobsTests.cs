using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class EndingBlobsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Names_are_known_of_a_plain_message_alone()
    {
        EndingBlobs
            .KnownFiles(NewEnding(), NewMessage())
            .ShouldBe([Keys.BodyBlob(Now, "id"), Keys.FileBlob(Now, "id", 1), Keys.FileBlob(Now, "id", 2)]);
    }

    public static TheoryData<string> Others =>
        [
            "files were not taken out",
            "uploads",
            "two recipients",
            "whole message",
            "whole message for this recipient",
            "another attempt",
            "copies of the link's own",
            "another link",
            "row of the recipient is gone",
            "link is gone",
        ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Where_other_blobs_may_be_there_they_are_listed(string why)
    {
        var (ending, message) = (NewEnding(), NewMessage());
        message.FileCount = why == "files were not taken out" ? MessageRow.FilesNotTakenOut : 2;
        message.UploadCount = why == "uploads" ? 1 : 0;
        message.RecipientCount = why == "two recipients" ? 2 : 1;
        message.ProtectBody = why == "whole message";
        message.HasIdempotencyKey = why == "another attempt";
        ending.Recipients[0].ProtectBody = why == "whole message for this recipient";
        ending.Recipients[0].LinkHashes = why == "another link" ? "link,other" : "link";
        ending.Found =
            why == "link is gone" ? [] : [ending.Found[0] with { IsDirect = why == "copies of the link's own" }];
        ending.Recipients = why == "row of the recipient is gone" ? [] : ending.Recipients;

        EndingBlobs.KnownFiles(ending, message).ShouldBeNull();
    }

    private static Ending NewEnding() =>
        new("id", [new Due(DueKinds.Link, Now, "link", "id")], [])
        {
            Found = [new LinkRow("link", "id", "01234567", 0, Now, Now)],
            Recipients = [new RecipientRow("id", "01234567", 0) { LinkHashes = "link" }],
        };

    private static MessageRow NewMessage() =>
        new("id")
        {
            CreatedAt = Now,
            FileCount = 2,
            RecipientCount = 1,
        };
}
