using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    public abstract class BindingAttribute : Attribute
    {
        public BindingAttribute() { }
    }

    public abstract class TriggerBindingAttribute : BindingAttribute
    {
        public TriggerBindingAttribute() { }
    }

    public abstract class InputBindingAttribute : BindingAttribute
    {
        public InputBindingAttribute() { }
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }

    public enum AuthorizationLevel
    {
        Anonymous = 0,
        User = 1,
        Function = 2,
        System = 3,
        Admin = 4,
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class HttpTriggerAttribute : TriggerBindingAttribute
    {
        public HttpTriggerAttribute()
            : this(AuthorizationLevel.Function) { }

        public HttpTriggerAttribute(params string[] methods)
            : this(AuthorizationLevel.Function, methods) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel)
            : this(authLevel, []) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
        {
            AuthLevel = authLevel;
            Methods = methods;
        }

        public string? Route { get; set; }

        /// <summary>Methods answered, in any case; empty means all. Any other method gets 404.</summary>
        public string[] Methods { get; }

        public AuthorizationLevel AuthLevel { get; }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
    {
        /// <summary>NCrontab with five or six fields, or <c>%Setting:Name%</c>.</summary>
        public string Schedule { get; } = schedule;

        public bool UseMonitor { get; set; } = true;

        public bool RunOnStartup { get; set; }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class DurableClientAttribute : InputBindingAttribute
    {
        public string? TaskHub { get; set; }

        public string? ConnectionName { get; set; }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
    {
        public string? Orchestration { get; set; }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
    {
        public string? Activity { get; set; }
    }
}
