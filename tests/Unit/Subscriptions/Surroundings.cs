using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>An environment by name.</summary>
internal sealed class Surroundings(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "";

    public string ContentRootPath { get; set; } = "";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
