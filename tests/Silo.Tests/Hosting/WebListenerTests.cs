using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Silo.Hosting;
using TomOrleans.Testing.Front;

namespace TomOrleans.Silo.Tests.Hosting;

public sealed class WebListenerTests
{
    [Fact]
    public async Task A_renewed_certificate_that_cannot_be_used_is_told_in_the_log_and_the_former_one_stays()
    {
        using var authority = new TestAuthority();
        var files = authority.Write("web", forServers: true, forClients: false);
        using var log = new Recorder();
        var listener = new WebListener(new() { Address = IPAddress.Loopback, Port = 0, Certificate = files.Certificate, Key = files.Key });
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(log).AddFilter(nameof(Microsoft), LogLevel.None);
        builder.WebHost.ConfigureKestrel(listener.Configure);
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(listener.Names.AreOurs("elsewhere.example", null));
        Assert.Empty(log.Lines);

        File.WriteAllText(files.Key, "half a ");

        Assert.False(listener.Names.AreOurs("elsewhere.example", null));
        Assert.False(listener.Names.AreOurs("elsewhere.example", null));
        Assert.Contains($"the former one stays in force: {files.Certificate} with {files.Key} is no PEM certificate", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
