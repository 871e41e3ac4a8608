using System.Text.Json;
using System.Text.Json.Serialization;

namespace TlsOrLink.Domains;

internal sealed class MailDomainJson : JsonConverter<MailDomain>
{
    public override MailDomain Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MailDomain.TryParse(reader.GetString(), out var domain)
            ? domain
            : throw new JsonException("Not a mail domain.");

    public override void Write(Utf8JsonWriter writer, MailDomain value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
