namespace TlsOrLink.Messages.Json;

/// <summary>What kind of value comes next.</summary>
internal enum JsonKind
{
    Object,
    Array,
    Text,
    Number,
    Boolean,
    Null,
}
