using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace TlsOrLink.Messages;

internal static class Charsets
{
    /// <summary>
    /// Makes ISO-2022-JP, Shift_JIS and their kin known before MimeKit first asks for a charset: it remembers the answer for the life of
    /// the process.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Has to come before any use of MimeKit, wherever that is.")]
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
