using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace TomOrleans.Connections;

/// <summary>Keeps forgers off a gateway: see <see cref="ClientFrames"/>.</summary>
public static class SenderCheck
{
    /// <summary>
    /// Passes on what clients send in their own name, which is told to <paramref name="onClient"/> (where, and the name) before the first message passes. Anything else closes the connection, and is told to
    /// <paramref name="onRefused"/> (who, and why); the message itself arrives nowhere.
    /// </summary>
    public static void UseSenderCheck(this IConnectionBuilder builder, Action<EndPoint?, string> onRefused, Action<EndPoint?, string> onClient) =>
        builder.Use(next => async connection =>
        {
            var plain = connection.Transport;
            var judged = new Pipe();
            var reading = PassOnAsync(
                plain.Input,
                judged.Writer,
                why =>
                {
                    onRefused(connection.RemoteEndPoint, why);
                    connection.Abort();
                },
                name => onClient(connection.RemoteEndPoint, name));
            connection.Transport = new DuplexPipe(judged.Reader, plain.Output);
            try
            {
                await next(connection);
            }
            finally
            {
                await judged.Reader.CompleteAsync();
                plain.Input.CancelPendingRead();
                await reading;
                connection.Transport = plain;
            }
        });

    private static async Task PassOnAsync(PipeReader from, PipeWriter to, Action<string> refuse, Action<string> greet)
    {
        Exception? end = null;
        try
        {
            var frames = new ClientFrames();
            while (await PassOnAsync(from, to, frames, greet))
            {
            }
        }
        catch (ForgedSenderException forged)
        {
            end = forged;
            refuse(forged.Message);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException or ConnectionAbortedException)
        {
            end = fault;
        }

        await to.CompleteAsync(end);
    }

    private static async Task<bool> PassOnAsync(PipeReader from, PipeWriter to, ClientFrames frames, Action<string> greet)
    {
        var read = await from.ReadAsync();
        var isStranger = frames.Sender is null;
        var passes = read.Buffer.Slice(0, frames.Judge(read.Buffer));
        if (isStranger && frames.Sender is { } name)
        {
            greet(name);
        }

        foreach (var piece in passes)
        {
            to.Write(piece.Span);
        }

        from.AdvanceTo(passes.End, read.Buffer.End);
        var written = await to.FlushAsync();
        return !read.IsCompleted && !read.IsCanceled && !written.IsCompleted;
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
