using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

internal static class CharsetsFirst
{
    /// <summary>Tests parse with MimeKit before they touch the product, which registers its charsets when it is first touched.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Tests only.")]
    internal static void Register() => Charsets.Register();
}
