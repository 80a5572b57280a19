namespace TomOrleans.Connections;

/// <summary>
/// A value made of files, made again when one of them changes: certificates are renewed without a restart. What cannot be read then (half written, key and certificate of two
/// renewals) leaves the former value in force and is told once. Safe on any thread.
/// </summary>
/// <param name="files">Those it is made of.</param>
/// <param name="read">Makes it; throws <see cref="CertificateException"/> where that cannot be.</param>
/// <param name="onFault">Told of a renewal that could not be read.</param>
public sealed class RenewedFiles<T>(IReadOnlyList<string> files, Func<T> read, Action<CertificateException>? onFault = null) where T : class
{
    private readonly Lock _lock = new();
    private string _seen = "";
    private T? _value;

    /// <summary>Throws <see cref="CertificateException"/> where it was never readable.</summary>
    public T Current
    {
        get
        {
            lock (_lock)
            {
                var state = string.Join('|', files.Select(StateOf));
                if (_value is not null && state == _seen)
                {
                    return _value;
                }

                _seen = state;
                try
                {
                    return _value = read();
                }
                catch (CertificateException fault) when (_value is not null)
                {
                    onFault?.Invoke(fault);
                    return _value;
                }
            }
        }
    }

    private static string StateOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? $"{info.LastWriteTimeUtc.Ticks}:{info.Length}:{info.ResolveLinkTarget(returnFinalTarget: true)?.FullName}" : "absent";
    }
}
