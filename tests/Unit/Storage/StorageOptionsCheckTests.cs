using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Storage;

public sealed class StorageOptionsCheckTests
{
    private const string Connection = "UseDevelopmentStorage=true";
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void Takes_identities_everywhere_and_connection_strings_in_Development()
    {
        Check("Production", Identity()).ShouldBeEmpty();
        Check("Development", Identity()).ShouldBeEmpty();
        Check("Development", Strings()).ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_account_keys_outside_Development_and_does_not_repeat_them()
    {
        var wrong = Check("Production", Strings());

        wrong.Count.ShouldBe(2);
        wrong[0].ShouldStartWith("Storage:StateConnection ");
        wrong[0].ShouldContain("Storage:StateTableUri");
        wrong[1].ShouldStartWith("Storage:ContentConnection ");
        wrong.ShouldAllBe(message => !message.Contains(Connection, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("c2hvcnQ=")]
    public void Refuses_a_hash_key_that_is_none(string key)
    {
        var options = Identity();
        options.HashKey = key;

        Check("Production", options).Single().ShouldStartWith("Storage:HashKey ");
    }

    [Fact]
    public void Refuses_neither_and_both_and_addresses_in_clear()
    {
        var options = Identity();
        options.StateTableUri = null;
        options.ContentConnection = Connection;
        var wrong = Check("Development", options);
        wrong.Count.ShouldBe(2);
        wrong.ShouldAllBe(message => message.StartsWith("Set one of Storage:", StringComparison.Ordinal));

        options = Identity();
        options.StateTableUri = new Uri("http://tables.example/");
        Check("Development", options).Single().ShouldStartWith("Storage:StateTableUri must be");
    }

    private static StorageOptions Identity() =>
        new()
        {
            HashKey = Key,
            StateTableUri = new Uri("https://tables.example/"),
            ContentBlobUri = new Uri("https://blobs.example/"),
        };

    private static StorageOptions Strings() =>
        new()
        {
            HashKey = Key,
            StateConnection = Connection,
            ContentConnection = Connection,
        };

    private static List<string> Check(string environment, StorageOptions options) =>
        [.. new StorageOptionsCheck(new Named(environment)).Validate(null, options).Failures ?? []];

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
