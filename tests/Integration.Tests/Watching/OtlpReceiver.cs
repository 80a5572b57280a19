using System.Collections.Concurrent;
using System.Net;
using System.Text;
using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.Watching;

/// <summary>A span, as far as the tests look at it.</summary>
public sealed record ReceivedSpan(string Name, string Trace, string Id, string Parent, string[] Links);

/// <summary>A collector of OpenTelemetry: takes OTLP over HTTP as protobuf (opentelemetry-proto 1.x, collector services), and reads of it what the tests ask for.</summary>
public sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();
    private readonly ConcurrentDictionary<string, bool> _kinds = new();

    public OtlpReceiver()
    {
        Endpoint = new($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Endpoint.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Endpoint { get; }

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>What came at all: <c>traces</c>, <c>metrics</c>, <c>logs</c>.</summary>
    public ICollection<string> Kinds => _kinds.Keys;

    public ICollection<string> Metrics => _metrics.Keys;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _kinds[context.Request.Url!.AbsolutePath["/v1/".Length..]] = true;
            if (context.Request.Url.AbsolutePath == "/v1/traces")
            {
                foreach (var span in Inner(body.ToArray(), 1, 2, 2))
                {
                    _spans.Enqueue(new(Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), [.. Inner(span, 13).Select(link => Hex(link, 2))]));
                }
            }
            else if (context.Request.Url.AbsolutePath == "/v1/metrics")
            {
                foreach (var metric in Inner(body.ToArray(), 1, 2, 2))
                {
                    _metrics[Text(metric, 1)] = true;
                }
            }

            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Inner(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Inner(message, field).FirstOrDefault() ?? []);

    /// <summary>What lies in the field, of all that lies in the fields before it on the way.</summary>
    private static IEnumerable<byte[]> Inner(byte[] message, int field, params int[] further) =>
        further.Aggregate(Fields(message, field), (found, next) => found.SelectMany(inner => Fields(inner, next)));

    /// <summary>The values of one field of bytes; https://protobuf.dev/programming-guides/encoding/</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if (key >> 3 == (ulong)field)
                    {
                        yield return message[at..(at + length)];
                    }

                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException($"wire type {key & 7}");
            }
        }
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }
}
