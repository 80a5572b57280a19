using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Reads a whole JSON value once, from front to back, and finds out on the way whether it is a Hermes message: an object with <c>title</c>
/// and <c>submitter</c>. What it says about targets and photometry becomes a report; unknown keys are passed over at any depth, and of a
/// repeated key the last counts.
/// </summary>
/// <remarks>
/// <c>{"title": "...", "topic": "hermes.test", "message_text": "", "submitter": "...", "authors": "...", "data": {"targets": [...],
/// "photometry": [...], "extra_data": {"tom_orleans": {"submission": "GUID"}}}}</c>; <c>data</c> may be missing or empty.
/// </remarks>
internal ref struct HermesReader
{
    public const int MaxDepth = 64;
    private const int LongestText = 256;
    private static readonly SeenValues<string?> Titles = new();

    private readonly ReadOnlySpan<byte> _json;
    private readonly MessageOrigin _message;
    private Utf8JsonReader _reader;
    private HermesRows _rows;
    private JsonSlice _title, _submitter, _format, _content, _extra;
    private Guid? _submission;
    private string? _dataFault;

    private HermesReader(ReadOnlySpan<byte> json, MessageOrigin message)
    {
        _json = json;
        _message = message;
        _reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        _rows = new(json, message);
    }

    /// <summary>Throws <see cref="JsonException"/> for broken JSON.</summary>
    /// <param name="json">Valid UTF-8, bare tokens replaced.</param>
    /// <param name="message">The message that it came in.</param>
    /// <param name="mayBeEnvelope">True to unwrap the old hop envelope, <c>{"format": ..., "content": ...}</c>.</param>
    public static MessageContent Read(ReadOnlySpan<byte> json, MessageOrigin message, bool mayBeEnvelope)
    {
        var reader = new HermesReader(json, message);
        try
        {
            return reader.ReadRoot(mayBeEnvelope);
        }
        finally
        {
            reader.Dispose();
        }
    }

    private MessageContent ReadRoot(bool mayBeEnvelope)
    {
        _reader.Read();
        var keys = _reader.TokenType == JsonTokenType.StartObject ? ReadTop() : 0;
        while (_reader.Read())
        {
            // To the end: what follows the value is an error of the message.
        }

        if (_title.Type != JsonTokenType.None && _submitter.Type != JsonTokenType.None)
        {
            return (_dataFault ?? _rows.Fault) is { } fault
                ? MessageContent.Faulty(AlertFormat.Hermes, fault)
                : new(AlertFormat.Hermes, Report(), null);
        }

        return mayBeEnvelope && keys == 2 && _format.Type == JsonTokenType.String && _content.IsPresent
            ? Unwrap()
            : MessageContent.Of(AlertFormat.Json);
    }

    private readonly MessageContent Unwrap() => _content.Type switch
    {
        JsonTokenType.String => MessageContent.Of(AlertFormat.Text),
        JsonTokenType.StartObject => Read(_content.In(_json), _message, mayBeEnvelope: false),
        _ => MessageContent.Of(AlertFormat.Json),
    };

    private int ReadTop()
    {
        var keys = 0;
        for (; _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName; keys++)
        {
            if (JsonName.Is(in _reader, "data"u8))
            {
                ReadData();
            }
            else if (JsonName.Is(in _reader, "title"u8))
            {
                _title = JsonSlice.Take(ref _reader);
            }
            else if (JsonName.Is(in _reader, "submitter"u8))
            {
                _submitter = JsonSlice.Take(ref _reader);
            }
            else if (JsonName.Is(in _reader, "format"u8))
            {
                _format = JsonSlice.Take(ref _reader);
            }
            else if (JsonName.Is(in _reader, "content"u8))
            {
                _content = JsonSlice.Take(ref _reader);
            }
            else
            {
                _reader.Skip();
            }
        }

        return keys;
    }

    private void ReadData()
    {
        (_submission, _dataFault, _extra) = (null, null, default);
        _rows.Clear();
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _dataFault = _reader.TokenType == JsonTokenType.Null
                ? null
                : $"data is {JsonSlice.Kind(_reader.TokenType)}, not an object (byte {_reader.TokenStartIndex})";
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonName.Is(in _reader, "targets"u8))
            {
                _rows.ReadTargets(ref _reader);
            }
            else if (JsonName.Is(in _reader, "photometry"u8))
            {
                _rows.ReadPhotometry(ref _reader);
            }
            else if (JsonName.Is(in _reader, "spectroscopy"u8))
            {
                _rows.ReadSpectra(ref _reader);
            }
            else if (JsonName.Is(in _reader, "extra_data"u8))
            {
                _extra = JsonSlice.Take(ref _reader);
                _submission = SubmissionKey.Read(_json, _extra);
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private PhotometryReport Report()
    {
        var submitter = _submitter.IsEscaped || _submitter.Type != JsonTokenType.String
            ? _submitter.Text(_json)
            : InternTable.Words.Get(_submitter.In(_json));
        submitter = FreeText.Clean(submitter, LongestText);
        if (_message.Sender is null && submitter is not null)
        {
            _rows.ChangeOrigin(submitter);
        }

        if (_submission is not null)
        {
            _rows.StateOrigins(StatedOrigins.Read(_json, _extra));
        }

        return new()
        {
            Title = Title(),
            Submitter = submitter,
            SubmissionKey = _submission,
            Targets = _rows.Targets,
            Points = _rows.Points,
            Spectra = _rows.Spectra,
            Faults = _rows.Faults,
        };
    }

    /// <summary>The same from message to message, often enough.</summary>
    private readonly string? Title()
    {
        if (_title.Type != JsonTokenType.String)
        {
            return null;
        }

        if (Titles.TryGet(_title.In(_json), out var title))
        {
            return title;
        }

        title = FreeText.Clean(_title.Text(_json), int.MaxValue);
        Titles.Note(_title.In(_json), title);
        return title;
    }

    public void Dispose() => _rows.Dispose();
}
