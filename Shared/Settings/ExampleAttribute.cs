namespace TlsOrLink.Settings;

/// <summary>A value that the setting may have, for the message about a wrong one; where it is not given, the default serves.</summary>
/// <param name="value">As it would stand in an app setting.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExampleAttribute(string value) : Attribute
{
    /// <summary>As it would stand in an app setting.</summary>
    public string Value => value;
}
