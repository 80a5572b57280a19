using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace TomOrleans.Silo.Tests.Security;

/// <summary>A client of Orleans that somebody has changed: from a moment on it writes a grain into its messages as their sender. It rewrites what the real client sends.</summary>
internal sealed class ForgingClient : IAsyncDisposable
{
    private const int Greeting = 4;
    private const int Lengths = 8;
    private const int BeforeSender = 12;
    private readonly IHost _host;
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (byte[] Kind, byte[] Key)? _sender;

    private ForgingClient(int gatewayPort)
    {
        var builder = new HostBuilder();
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseOrleansClient(client => client
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gatewayPort))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("tomorleans", "tomorleans"))
            .Configure<ClientConnectionOptions>(options => options.ConfigureConnection(connection => connection.Use(Rewriting))));
        _host = builder.Build();
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Done when the silo has ended the connection.</summary>
    public Task CutOff => _cutOff.Task;

    public static async Task<ForgingClient> StartAsync(int gatewayPort)
    {
        var client = new ForgingClient(gatewayPort);
        await client._host.StartAsync();
        return client;
    }

    /// <summary>From now on all messages are this one's.</summary>
    public void SpeakAs(string kind, string key) => _sender = (System.Text.Encoding.UTF8.GetBytes(kind), System.Text.Encoding.UTF8.GetBytes(key));

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await ((Task)_host.StopAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }

    private ConnectionDelegate Rewriting(ConnectionDelegate next) => async connection =>
    {
        var plain = connection.Transport;
        var written = new Pipe(new(pauseWriterThreshold: 0));
        _ = RewriteAsync(written.Reader, plain.Output);
        connection.Transport = new DuplexPipe(plain.Input, written.Writer);
        connection.ConnectionClosed.Register(() => _cutOff.TrySetResult());
        await next(connection);
        _cutOff.TrySetResult();
    };

    private async Task RewriteAsync(PipeReader from, PipeWriter to)
    {
        var greeting = await from.ReadAtLeastAsync(Greeting);
        var size = Greeting + Number(greeting.Buffer, 0);
        from.AdvanceTo(greeting.Buffer.Start);
        await PassAsync(from, to, size, bytes => bytes);
        while (true)
        {
            var lengths = await from.ReadAtLeastAsync(Lengths);
            if (lengths.Buffer.Length < Lengths)
            {
                return;
            }

            var (head, body) = (Number(lengths.Buffer, 0), Number(lengths.Buffer, 4));
            from.AdvanceTo(lengths.Buffer.Start);
            await PassAsync(from, to, Lengths + head + body, bytes => _sender is { } sender ? Forge(bytes, head, sender.Kind, sender.Key) : bytes);
        }
    }

    private static async Task PassAsync(PipeReader from, PipeWriter to, int size, Func<byte[], byte[]> change)
    {
        var read = await from.ReadAtLeastAsync(size);
        var bytes = read.Buffer.Slice(0, size);
        await to.WriteAsync(change(bytes.ToArray()));
        from.AdvanceTo(bytes.End);
    }

    private static byte[] Forge(byte[] message, int head, byte[] kind, byte[] key)
    {
        var at = Lengths + BeforeSender;
        var end = at;
        for (var id = 0; id < 2; id++)
        {
            Assert.Equal(1, message[end] & 1);
            end += 1 + sizeof(int) + (message[end] >> 1);
        }

        byte[] sender = [.. Id(kind), .. Id(key)];
        byte[] forged = [.. message[..at], .. sender, .. message[end..]];
        BinaryPrimitives.WriteInt32LittleEndian(forged, head - (end - at) + sender.Length);
        return forged;
    }

    private static byte[] Id(byte[] text) => [(byte)((text.Length << 1) | 1), .. BitConverter.GetBytes((int)Orleans.StableHash.ComputeHash(text)), .. text];

    private static int Number(ReadOnlySequence<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        bytes.Slice(at, sizeof(int)).CopyTo(number);
        return BinaryPrimitives.ReadInt32LittleEndian(number);
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
