using TlsOrLink.Tests.Host;
using TlsOrLink.Tests.Host.Durable;

return args is [MortalHost.Command, var folder]
    ? await MortalHost.Run(folder)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    );
