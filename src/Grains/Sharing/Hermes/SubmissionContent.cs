using System.Net;
using System.Net.Http.Headers;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// The stored bytes as a request body. Remembers whether any of it may have left: a request that failed before that cannot have been published.
/// </summary>
internal sealed class SubmissionContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private volatile bool _hasStarted;

    public SubmissionContent(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool HasStarted => _hasStarted;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _hasStarted = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
