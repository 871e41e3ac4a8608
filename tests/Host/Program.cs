using TlsOrLink.Tests.Host;
using TlsOrLink.Tests.Host.Durable;

return args is [MortalHost.Command, var folder, var point]
    ? await MortalHost.Run(folder, point)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    );
