using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Callers;

/// <summary>Section <c>Callers</c>, beside the list: how people stay signed in.</summary>
internal sealed class SessionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = CallersOptions.Section;

    /// <summary>After this time a person signs in again. Default 2 h; 1 min to 12 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00", ErrorMessage = "Callers:SessionLife must be 1 min to 12 h.")]
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromHours(2);
}
