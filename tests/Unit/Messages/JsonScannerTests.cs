using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Json;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class JsonScannerTests
{
    [Fact]
    public void Reads_any_document_as_SystemTextJson_does_whatever_pieces_it_comes_in() =>
        Gen.Select(JsonDocuments.Any, Gen.Int[1, 9].Array[1, 5])
            .Sample(
                (document, sizes) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(document);
                    return Canonical(bytes, sizes).GetAwaiter().GetResult()
                        == Canonical(JsonDocument.Parse(bytes).RootElement);
                },
                iter: 2000
            );

    [Fact]
    public void Refuses_exactly_the_broken_documents_that_SystemTextJson_refuses() =>
        Gen.Select(JsonDocuments.Any, Gen.Int[0, 1000], Gen.Byte, Gen.Int[0, 2], Gen.Int[1, 9])
            .Sample(
                (document, at, value, kind, size) =>
                {
                    var bytes = Break(Encoding.UTF8.GetBytes(document), at, value, kind);
                    var (theirs, ours) = (Theirs(bytes), Ours(bytes, size));
                    return theirs == ours;
                },
                iter: 4000
            );

    [Theory]
    [InlineData("""{"a":[1,{"b":nul}]}""", "a[1].b")]
    [InlineData("""{"a":01}""", "a")]
    [InlineData("[1,]", "[1]")]
    [InlineData("", "$")]
    public async Task Names_the_path_of_what_is_wrong(string document, string path)
    {
        var refusal = await Should.ThrowAsync<IntakeRefusal>(() => Canonical(Encoding.UTF8.GetBytes(document), [3]));
        refusal.Problem.Errors.Keys.ShouldBe([path]);
        refusal.Problem.Status.ShouldBe(400);
    }

    [Fact]
    public async Task Refuses_a_document_nested_too_deep_before_it_exhausts_the_stack()
    {
        var document = Encoding.UTF8.GetBytes(new string('[', 1_000_000));
        var refusal = await Should.ThrowAsync<IntakeRefusal>(() => Canonical(document, [4096], depth: 16));
        refusal.Problem.Detail.ShouldContain("nested deeper than 16");
    }

    private static byte[] Break(byte[] bytes, int at, byte value, int kind)
    {
        at %= bytes.Length;
        return kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], value, .. bytes[at..]],
            _ => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        };
    }

    private static string? Theirs(byte[] bytes)
    {
        try
        {
            return Canonical(JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 }).RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Ours(byte[] bytes, int size)
    {
        try
        {
            return Canonical(bytes, [size]).GetAwaiter().GetResult();
        }
        catch (IntakeRefusal)
        {
            return null;
        }
    }

    private static async Task<string> Canonical(byte[] document, int[] sizes, int depth = 64)
    {
        var scanner = new JsonScanner(new Pieces(document, sizes), depth, bufferBytes: 16);
        var text = new StringBuilder();
        await Write(scanner, text);
        await scanner.EndAsync(default);
        return text.ToString();
    }

    private static async ValueTask Write(JsonScanner scanner, StringBuilder text)
    {
        switch (await scanner.KindAsync(default))
        {
            case JsonKind.Object:
                text.Append('{');
                await scanner.ObjectAsync(
                    name =>
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}=");
                        return Write(scanner, text);
                    },
                    default
                );
                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                await scanner.ArrayAsync(_ => Write(scanner, text), default);
                text.Append(']');
                break;
            case JsonKind.Text:
                var value = await scanner.TextAsync(1_000_000, default);
                text.Append(CultureInfo.InvariantCulture, $"s{value.Length}:{value};");
                break;
            case JsonKind.Number:
                text.Append(CultureInfo.InvariantCulture, $"n{await scanner.NumberAsync(default)};");
                break;
            case JsonKind.Boolean:
                text.Append(await scanner.BooleanAsync(default) ? "t;" : "f;");
                break;
            default:
                await scanner.NullAsync(default);
                text.Append("0;");
                break;
        }
    }

    private static string Canonical(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object =>
                $"{{{string.Concat(element.EnumerateObject().Select(f => $"{f.Name.Length}:{f.Name}={Canonical(f.Value)}"))}}}",
            JsonValueKind.Array => $"[{string.Concat(element.EnumerateArray().Select(Canonical))}]",
            JsonValueKind.String => $"s{element.GetString()!.Length}:{element.GetString()};",
            JsonValueKind.Number => $"n{element.GetRawText()};",
            JsonValueKind.True => "t;",
            JsonValueKind.False => "f;",
            _ => "0;",
        };
}
