using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Testing.Front;

/// <summary>An OIDC token endpoint for one client (client credentials): issues tokens that end soon, and knows them again.</summary>
public sealed class TokenServer : IAsyncDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly X509Certificate2? _certificate;
    private WebApplication? _app;
    private int _port;
    private long _issued;
    private long _refused;

    /// <param name="certificate">Null: plain HTTP. Its owner disposes it.</param>
    private TokenServer(X509Certificate2? certificate) => _certificate = certificate;

    public string ClientId { get; init; } = "client";

    public string ClientSecret { get; init; } = "sesame";

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Answers 503 while true.</summary>
    public bool IsStumbling { get; set; }

    public long Issued => Interlocked.Read(ref _issued);

    public long Refused => Interlocked.Read(ref _refused);

    public string Url => string.Create(CultureInfo.InvariantCulture, $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_port}/oauth2/token");

    public static async Task<TokenServer> StartAsync(X509Certificate2? certificate = null, TimeSpan? lifetime = null)
    {
        var server = new TokenServer(certificate) { Lifetime = lifetime ?? TimeSpan.FromMinutes(5) };
        await server.UpAsync();
        return server;
    }

    /// <summary>On the same port each time.</summary>
    public async Task UpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen =>
        {
            if (_certificate is not null)
            {
                listen.UseHttps(_certificate);
            }
        }));
        _app = builder.Build();
        _app.MapPost("/oauth2/token", Answer);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
    }

    public async Task DownAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>When a token ends; null for one that is over or not ours.</summary>
    public DateTimeOffset? EndOf(string token)
    {
        if (token.Split('.') is not [var head, var claims, var signature] || Sign($"{head}.{claims}") != signature)
        {
            return null;
        }

        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        var end = DateTimeOffset.FromUnixTimeMilliseconds((long)(json.RootElement.GetProperty("exp").GetDouble() * 1000));
        return end > DateTimeOffset.UtcNow ? end : null;
    }

    public async ValueTask DisposeAsync() => await DownAsync();

    private IResult Answer(HttpContext context)
    {
        if (IsStumbling)
        {
            return Results.Text("try later", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))}";
        if (context.Request.Headers.Authorization != expected)
        {
            Interlocked.Increment(ref _refused);
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        Interlocked.Increment(ref _issued);
        var now = DateTimeOffset.UtcNow;
        var claims = new { sub = ClientId, iat = now.ToUnixTimeSeconds(), exp = (now + Lifetime).ToUnixTimeSeconds() };
        var signed = $"{Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return Results.Json(new { access_token = $"{signed}.{Sign(signed)}", token_type = "Bearer", expires_in = (int)Lifetime.TotalSeconds });
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
