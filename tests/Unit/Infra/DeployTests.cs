namespace TlsOrLink.Tests.Unit.Infra;

/// <summary><c>infra/deploy.sh</c> against stand-ins of az and dotnet that note what they were called with.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly DeployStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Makes_the_resources_then_builds_and_deploys_the_app()
    {
        var run = await _stage.RunAsync();

        run.Code.ShouldBe(0, run.Text);
        run.Calls.ShouldBe([
            "az account show",
            "az resource list",
            "az resource list",
            "az provider register",
            "az deployment sub create",
            "dotnet restore",
            "dotnet publish",
            "zip -qr",
            "az functionapp deployment source config-zip",
        ]);
        run.Log.ShouldContain("-p:FunctionsHost=Azure");
        run.Log.ShouldContain("config-zip --resource-group try-rg --name try-app");
        run.Text.ShouldContain("files.sender.example CNAME try-app.host.example");
        run.Text.ShouldContain("ip4:203.0.113.7");
    }

    [Fact]
    public async Task Changes_nothing_with_what_if()
    {
        var run = await _stage.RunAsync("--what-if");

        run.Code.ShouldBe(0, run.Text);
        run.Calls.ShouldBe(["az account show", "az resource list", "az resource list", "az deployment sub what-if"]);
    }

    [Fact]
    public async Task Makes_keys_once_and_says_no_secret()
    {
        var first = await _stage.RunAsync("--infra-only");

        first.Log.ShouldContain(
            "secrets={\"Events__ChainKey\":\"a-random-key\",\"Storage__HashKey\":\"a-random-key\"}"
        );
        first.Text.ShouldNotContain("a-random-key");

        _stage.HasVault = true;
        var second = await _stage.RunAsync("--infra-only");

        second.Log.ShouldContain("secrets=\n");
        second.Log.ShouldNotContain("a-random-key");
    }

    [Fact]
    public async Task Adds_what_is_missing_to_other_secrets()
    {
        _stage.Environment["TLSORLINK_SECRETS"] = """{"Events__ChainKey":"given","SendGrid__ApiKey":"x"}""";

        var run = await _stage.RunAsync("--infra-only");

        run.Log.ShouldContain(
            """secrets={"Storage__HashKey":"a-random-key","Events__ChainKey":"given","SendGrid__ApiKey":"x"}"""
        );
    }

    [Fact]
    public async Task Deploys_the_app_alone()
    {
        var run = await _stage.RunAsync("--app-only");

        run.Code.ShouldBe(0, run.Text);
        run.Calls.ShouldBe([
            "az account show",
            "az functionapp list",
            "dotnet restore",
            "dotnet publish",
            "zip -qr",
            "az functionapp deployment source config-zip",
        ]);
    }

    [Theory]
    [InlineData("TLSORLINK_LINK_HOST")]
    [InlineData("TLSORLINK_COMPANY")]
    [InlineData("TLSORLINK_EHLO_NAME")]
    public async Task Says_which_value_is_missing(string name)
    {
        _stage.Environment[name] = "";

        var run = await _stage.RunAsync();

        run.Code.ShouldBe(1);
        run.Text.ShouldContain($"set {name}");
        run.Calls.ShouldBe(["az account show"]);
    }

    [Fact]
    public async Task Stops_where_the_build_fails()
    {
        _stage.Environment["STAGE_DOTNET_CODE"] = "1";

        var run = await _stage.RunAsync("--app-only");

        run.Code.ShouldNotBe(0);
        run.Calls.ShouldNotContain("az functionapp deployment source config-zip");
    }

    [Fact]
    public async Task Says_so_where_the_packages_cannot_be_restored()
    {
        _stage.Environment["STAGE_RESTORE_CODE"] = "1";

        var run = await _stage.RunAsync("--app-only");

        run.Code.ShouldBe(1);
        run.Text.ShouldContain("cannot be restored");
    }

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "--unknown")]
    [InlineData(2, "--infra-only", "--app-only")]
    public async Task Explains_itself(int code, params string[] arguments)
    {
        var run = await _stage.RunAsync(arguments);

        run.Code.ShouldBe(code);
        run.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keeps_the_keys_for_azd()
    {
        var run = await _stage.RunAsync("--secrets-for-azd");

        run.Code.ShouldBe(0, run.Text);
        run.Log.ShouldContain("azd env set TLSORLINK_SECRETS");
    }
}
