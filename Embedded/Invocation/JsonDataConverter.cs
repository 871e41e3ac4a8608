using System.Text.Json;
using Microsoft.DurableTask;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Durable payloads: System.Text.Json with default, Pascal-case names; read without regard to case, as the worker does.</summary>
internal sealed class JsonDataConverter : DataConverter
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    public override string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, s_options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, s_options);
}
