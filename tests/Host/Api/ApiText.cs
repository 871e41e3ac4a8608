using System.Reflection;
using System.Runtime.CompilerServices;

namespace TlsOrLink.Tests.Host.Api;

/// <summary>Writes a type as functions-api.txt does.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    // Equality, text and copying, which the list leaves out.
    private static readonly string[] s_unlisted =
    [
        "Equals",
        "GetHashCode",
        "ToString",
        "op_Equality",
        "op_Inequality",
        "<Clone>$",
        "Deconstruct",
        "PrintMembers",
    ];

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    public static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var shownBase =
            type.BaseType is { } b && kind.EndsWith("class", StringComparison.Ordinal) && b != typeof(object)
                ? $" : {Name(b)}"
                : "";
        return $"{kind} {type.Namespace}.{Name(type)}{shownBase}";
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return [string.Join(", ", Enum.GetValues(type).Cast<object>().Select(v => $"{v}={(int)v}"))];
        }

        var constructors = type.GetConstructors(Declared)
            .Where(Visible)
            .Select(c => $"{Access(c)}ctor({Parameters(c)})");
        var properties = type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(Visible)).Select(Property);
        var methods = type.GetMethods(Declared)
            .Where(Visible)
            .Where(m => !s_unlisted.Contains(m.Name) && !IsAccessor(m))
            .Select(Method);
        var fields = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => $"field {f.Name}");
        var events = type.GetEvents(Declared).Select(e => $"event {e.Name}");
        return [.. constructors, .. properties, .. methods, .. fields, .. events];
    }

    private static bool Visible(MethodBase m) =>
        m is { IsStatic: true, IsConstructor: true } ? false : m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Access(MethodBase m) => m.IsPublic ? "" : "protected ";

    private static bool IsAccessor(MethodInfo m) =>
        m.IsSpecialName && !m.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Property(PropertyInfo p)
    {
        var get = p.GetMethod is { } g && Visible(g) ? "get; " : "";
        var isInit = p.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var set =
            p.SetMethod is { } s && Visible(s)
                ? isInit
                    ? "init; "
                    : "set; "
                : "";
        var isAbstract = (p.GetMethod ?? p.SetMethod)!.IsAbstract ? " abstract" : "";
        return $"{Name(p.PropertyType)} {p.Name} {{ {get}{set}}}{isAbstract}";
    }

    private static string Method(MethodInfo m)
    {
        if (m.Name is "op_Implicit" or "op_Explicit")
        {
            return $"{(m.Name == "op_Implicit" ? "implicit" : "explicit")} {Name(m.GetParameters()[0].ParameterType)} -> {Name(m.ReturnType)}";
        }

        var modifier = m switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true } => "virtual ",
            _ => "",
        };
        var generic = m.IsGenericMethodDefinition ? $"<{string.Join(',', m.GetGenericArguments().Select(Name))}>" : "";
        return $"{Access(m)}{modifier}{Name(m.ReturnType)} {m.Name}{generic}({Parameters(m)})";
    }

    private static string Parameters(MethodBase m) =>
        string.Join(
            ", ",
            m.GetParameters()
                .Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}")
        );

    private static string Default(ParameterInfo p) =>
        p.DefaultValue is { } value ? FormattableString.Invariant($"{value}")
        : p.ParameterType.IsValueType ? "default"
        : "null";

    private static string Name(Type type)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(',', type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
