using System.Security.Cryptography;
using MimeKit;
using TlsOrLink.Faults;
using TlsOrLink.Inbound;
using static TlsOrLink.Tests.Unit.Inbound.InboundHook;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>What is done for requests before anybody knows whose they are, and what passes twice.</summary>
public sealed class InboundGateTests : IDisposable
{
    private readonly InboundHook hook = new();

    public static TheoryData<int> Sizes => [10, SpooledBody.MemoryBytes, SpooledBody.MemoryBytes + 1, 3_000_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Of_a_request_that_is_not_signed_nothing_reaches_storage_and_nothing_stays(int size)
    {
        var (body, signature) = hook.Request(Part("email", new string('x', size)));
        body[^1] ^= 1;

        (await hook.PostAsync(new MemoryStream(body), signature)).Result.ShouldBe(InboundResult.Unsigned);

        hook.Blobs.StagedBytes.ShouldBe(0);
        hook.Blobs.Commits.ShouldBe(0);
        hook.Tables.Rows.ShouldBeEmpty();
        hook.Spools.Bytes.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_was_put_aside_comes_back_byte_for_byte(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var spools = new Spools();

        var body = (
            await SpooledBody.ReadAsync(new MemoryStream(bytes), "17", size, spools, default)
        ).ShouldNotBeNull();

        spools.Bytes.ShouldBe(size > SpooledBody.MemoryBytes ? size : 0, "in memory it takes no place on the disk");
        body.Hash.ShouldBe(SHA256.HashData([.. "17"u8, .. bytes]));
        using (var copy = new MemoryStream())
        {
            await body.Open().CopyToAsync(copy);
            copy.ToArray().ShouldBe(bytes);
        }

        await body.DisposeAsync();
        spools.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task More_than_may_be_put_aside_is_tried_again_later_and_takes_no_place()
    {
        var spools = new Spools();
        spools.TryReserve(Spools.MostBytes - 2_000_000).ShouldBeTrue();

        await Should.ThrowAsync<TransientFault>(() =>
            SpooledBody.ReadAsync(new MemoryStream(new byte[3_000_000]), "17", 9_000_000, spools, default)
        );
        (
            await SpooledBody.ReadAsync(new MemoryStream(new byte[3_000_000]), "17", 2_000_000, spools, default)
        ).ShouldBeNull();

        spools.Bytes.ShouldBe(Spools.MostBytes - 2_000_000);
    }

    [Fact]
    public async Task A_request_that_ends_in_its_middle_is_not_signed()
    {
        var (body, signature) = hook.Request(Part("email", new string('x', 2_000_000)));

        var answer = await hook.PostAsync(new CutStream(body[..1_500_000]), signature);

        (answer.Result, hook.Spools.Bytes, hook.Blobs.StagedBytes).ShouldBe((InboundResult.Unsigned, 0, 0));
    }

    [Fact]
    public async Task A_request_is_taken_once_however_its_signature_is_spelt()
    {
        var (body, signature) = hook.Request(Part("dkim", "none"));
        (await hook.PostAsync(new MemoryStream(body), signature)).Result.ShouldBe(InboundResult.Refused);

        foreach (var again in new[] { signature, Respelt(signature) })
        {
            (await hook.PostAsync(new MemoryStream(body), again)).Result.ShouldBe(InboundResult.Unsigned);
        }
    }

    [Fact]
    public async Task The_other_spelling_of_a_signature_is_as_good_where_it_comes_first()
    {
        var (body, signature) = hook.Request(Part("dkim", "none"));

        (await hook.PostAsync(new MemoryStream(body), Respelt(signature))).Result.ShouldBe(InboundResult.Refused);
        (await hook.PostAsync(new MemoryStream(body), signature)).Result.ShouldBe(InboundResult.Unsigned);
    }

    [Theory]
    [InlineData("; filename=\"status.txt\"\r\nContent-Type: message/delivery-status", "")]
    [InlineData("\r\nContent-Type: message/delivery-status", "")]
    [InlineData(
        "; filename=\"status.txt\"\r\nContent-Type: application/octet-stream",
        """{"attachment1":{"filename":"status.txt","type":"message/delivery-status"}}"""
    )]
    public async Task A_report_that_somebody_attached_to_a_mail_goes_on_as_a_file(string more, string info)
    {
        const string status =
            "Reporting-MTA: dns; mx.partner.example\r\n\r\nFinal-Recipient: rfc822; a@x.example\r\nAction: failed\r\n";
        var parts =
            Part("envelope", """{"to":["send@out.sender.example"],"from":"a@sender.example"}""")
            + Part("dkim", "{@sender.example : pass}")
            + Part("headers", "From: a@sender.example\nTo: b@x.example\nSubject: It came back\n")
            + Part("text", "See below.")
            + (info.Length == 0 ? "" : Part("attachment-info", info))
            + Part("attachment1", status, more);

        (await hook.PostAsync(parts)).Result.ShouldBe(InboundResult.Accepted);

        using var mail = await MimeMessage.LoadAsync(
            new MemoryStream(System.Text.Encoding.Latin1.GetBytes(hook.Sent.Single()))
        );
        var file = mail.Attachments.ShouldHaveSingleItem().ShouldBeOfType<TextPart>();
        file.Text.ReplaceLineEndings("\r\n").ShouldBe(status);
        file.ContentTransferEncoding.ShouldNotBe(ContentEncoding.Binary);
    }

    public void Dispose() => hook.Dispose();

    /// <summary>A connection that breaks.</summary>
    private sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new IOException("Unexpected end of request content.");
    }
}
