using System.Text;
using System.Text.Encodings.Web;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>
/// JSON for a person: an item a line, indented, letters of all scripts as they are. It takes numbers as they are spelt, bare NaN too, and may be left unfinished; the
/// runtime's own writer lays out neither.
/// </summary>
internal sealed class IndentedJson
{
    /// <summary>Where writing stops being of use [characters].</summary>
    private const int Enough = 256 * 1024;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isEmpty = true;
    private bool _isNamed;

    public bool IsFull => _text.Length > Enough;

    /// <summary>What is written since the last time; the next value begins anew.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        (_depth, _isEmpty, _isNamed) = (0, true, false);
        return text;
    }

    /// <summary>Opens an object or list by its bracket.</summary>
    public void Start(char bracket)
    {
        Begin();
        _text.Append(bracket);
        _depth++;
        _isEmpty = true;
    }

    public void End(char bracket)
    {
        _depth--;
        if (!_isEmpty)
        {
            Line();
        }

        _text.Append(bracket);
        _isEmpty = false;
    }

    /// <summary>The name of the value that follows.</summary>
    public void Name(string name)
    {
        Begin();
        Quote(name);
        _text.Append(": ");
        _isNamed = true;
    }

    public void Text(string text)
    {
        Begin();
        Quote(ShortText.Of(text));
    }

    /// <summary>A number, <c>true</c>, <c>null</c> or the like, as it is spelt.</summary>
    public void Raw(string value)
    {
        Begin();
        _text.Append(value);
    }

    private void Begin()
    {
        if (_isNamed)
        {
            _isNamed = false;
            return;
        }

        if (_depth > 0)
        {
            _text.Append(_isEmpty ? "" : ",");
            Line();
        }

        _isEmpty = false;
    }

    private void Line() => _text.Append('\n').Append(' ', 2 * _depth);

    private void Quote(string text) => _text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)).Append('"');
}
