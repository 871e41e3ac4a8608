using Microsoft.Extensions.Hosting;

var host = new HostBuilder().Build();
host.Run();
