using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Functions;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<FaultAnswers>();
builder.UseMiddleware<CallerGate>();
builder.UseMiddleware<PlainExceptions>();
builder.AddTlsOrLink();
builder.Build().BeginStorage().Run();
