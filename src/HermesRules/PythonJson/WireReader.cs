namespace TomOrleans.HermesRules.PythonJson;

/// <summary>
/// Reads JSON the way Python's <c>json</c> in strict mode does, with its words for what is wrong: Hermes passes them on to the client.
/// Lone surrogates are kept (Hermes refuses them later, by field), <c>NaN</c> is refused, <c>1e999</c> is infinity, integers have no bound.
/// </summary>
public sealed partial class WireReader
{
    private readonly string _text;
    private int _at;

    private WireReader(string text) => _text = text;

    /// <exception cref="WireFormatException">The bytes are not UTF-8 or not JSON.</exception>
    public static object? Read(ReadOnlySpan<byte> utf8) => Read(Utf8Text.Decode(utf8));

    /// <exception cref="WireFormatException">The text is not JSON.</exception>
    public static object? Read(string text)
    {
        var reader = new WireReader(text);
        if (text.StartsWith('\uFEFF'))
        {
            throw reader.Fault("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
        }

        reader.SkipBlanks();
        var value = reader.Value();
        reader.SkipBlanks();
        return reader._at == text.Length ? value : throw reader.Fault("Extra data", reader._at);
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private object? Value()
    {
        switch (Here)
        {
            case '{':
                return Object();
            case '[':
                return Array();
            case '"':
                return String();
        }

        return Word("null") ? null
            : Word("true") ? true
            : Word("false") ? (object)false
            : Number();
    }

    private WireObject Object()
    {
        var result = new WireObject();
        _at++;
        SkipBlanks();
        if (Take('}'))
        {
            return result;
        }

        while (true)
        {
            if (Here != '"')
            {
                throw Fault("Expecting property name enclosed in double quotes", _at);
            }

            var key = String();
            SkipBlanks();
            Expect(':', "Expecting ':' delimiter");
            SkipBlanks();
            result[key] = Value();
            SkipBlanks();
            if (Take('}'))
            {
                return result;
            }

            Expect(',', "Expecting ',' delimiter");
            SkipBlanks();
        }
    }

    private WireList Array()
    {
        var result = new WireList();
        _at++;
        SkipBlanks();
        if (Take(']'))
        {
            return result;
        }

        while (true)
        {
            result.Add(Value());
            SkipBlanks();
            if (Take(']'))
            {
                return result;
            }

            Expect(',', "Expecting ',' delimiter");
            SkipBlanks();
        }
    }

    private char At(int position) => position < _text.Length ? _text[position] : '\0';

    private bool Word(string word)
    {
        var found = string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0;
        _at += found ? word.Length : 0;
        return found;
    }

    private bool Take(char c)
    {
        var found = Here == c && _at < _text.Length;
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(char c, string complaint)
    {
        if (!Take(c))
        {
            throw Fault(complaint, _at);
        }
    }

    private void SkipBlanks()
    {
        while (Here is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private WireFormatException Fault(string complaint, int position)
    {
        var before = _text.AsSpan(0, position);
        var line = before.Count('\n') + 1;
        var column = position - before.LastIndexOf('\n');
        return new WireFormatException($"{complaint}: line {line} column {column} (char {position})");
    }
}
