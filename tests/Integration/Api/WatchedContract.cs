using TlsOrLink.Functions.Contract;
using TlsOrLink.Tests.Integration.Api;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Contract;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(WatchedContract))]
[assembly: TestCollectionOrderer(typeof(LastIsLast))]

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>Has every answer of every app that these tests start held against the contract as the code writes it.</summary>
public sealed class WatchedContract
{
    public WatchedContract() => AppProcess.Watch = Watch;

    public ContractWatch Watch { get; } =
        new(
            new ContractDocument(OpenApi.Write(Operations.All)),
            new SwaggerDocument(Swagger.Write(Operations.All)),
            new SwaggerDocument(Swagger.Connector(Operations.All, "app.example"))
        );
}

/// <summary>Runs when all else has run.</summary>
[CollectionDefinition(nameof(Last), DisableParallelization = true)]
public sealed class Last;

/// <summary>Puts <see cref="Last"/> behind what runs alone; what runs side by side runs before both.</summary>
public sealed class LastIsLast : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == nameof(Last))];
}
