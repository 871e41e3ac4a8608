// What `dotnet new web` makes: the least that an ASP.NET Core app takes to start.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health", () => "Hello World!");
await app.RunAsync();
