using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>The functions of the app, checked.</summary>
internal sealed partial class FunctionCatalog
{
    private readonly Dictionary<(TriggerKind, string), Function> _byName;

    private FunctionCatalog(IReadOnlyList<Function> functions)
    {
        All = functions;
        _byName = functions.ToDictionary(f => (f.Kind, f.Name.ToUpperInvariant()));
    }

    public IReadOnlyList<Function> All { get; }

    public IEnumerable<Function> Of(TriggerKind kind) => All.Where(f => f.Kind == kind);

    public Function? Find(TriggerKind kind, string name) => _byName.GetValueOrDefault((kind, name.ToUpperInvariant()));

    /// <exception cref="InvalidOperationException">A function is wrong; the message names all that are.</exception>
    public static FunctionCatalog Scan(IEnumerable<Type> classes)
    {
        const BindingFlags all =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Static
            | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        var faults = new List<string>();
        var found = new List<Function>();
        foreach (var method in classes.SelectMany(type => type.GetMethods(all)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } attribute)
            {
                var function = Read(attribute.Name, method, faults);
                if (function is not null)
                {
                    found.Add(function);
                }
            }
        }

        foreach (var twins in found.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            faults.Add(
                $"Function name '{twins.Key}' is used by {string.Join(" and ", twins.Select(f => f.Definition.EntryPoint))}: rename one."
            );
        }

        return faults.Count == 0 ? new(found) : throw Faulty(faults);
    }

    public static InvalidOperationException Faulty(IEnumerable<string> faults) =>
        new(
            $"The functions cannot be started:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", faults)}"
        );

    private static Function? Read(string name, MethodInfo method, List<string> faults)
    {
        var where = $"Function '{name}' ({method.DeclaringType!.FullName}.{method.Name})";
        var triggers = method
            .GetParameters()
            .Select(p => (Parameter: p, Trigger: p.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(p => p.Trigger is not null)
            .ToList();
        if (triggers.Count != 1)
        {
            faults.Add($"{where} has {triggers.Count} triggers: it needs exactly one.");
            return null;
        }

        var before = faults.Count;
        if (name.StartsWith("admin", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{where}: names that begin with 'admin' are reserved by the platform. Rename it.");
        }
        else if (!ValidName().IsMatch(name))
        {
            faults.Add($"{where}: a name is a letter and then at most 127 letters, digits, '-' or '_'.");
        }

        if (!method.IsPublic || method.IsGenericMethodDefinition || method.DeclaringType.ContainsGenericParameters)
        {
            faults.Add($"{where}: the method must be public and neither it nor its class generic.");
        }

        if (
            method.ReturnType == typeof(void)
            && method.GetCustomAttribute<System.Runtime.CompilerServices.AsyncStateMachineAttribute>() is not null
        )
        {
            faults.Add($"{where}: async void cannot be awaited. Return Task.");
        }

        if (triggers[0].Trigger is HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous })
        {
            faults.Add($"{where}: only AuthorizationLevel.Anonymous is known here; callers are checked by middleware.");
        }

        var function = new Function(
            name,
            method,
            Function.KindOf(triggers[0].Trigger!),
            triggers[0].Parameter,
            triggers[0].Trigger!
        );
        faults.AddRange(ParameterSources.Faults(function).Select(fault => $"{where}: {fault}"));
        return faults.Count == before ? function : null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
