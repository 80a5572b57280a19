using System.Globalization;
using System.Numerics;
using System.Text;

namespace TomOrleans.HermesRules.PythonJson;

/// <content>Strings and numbers.</content>
public sealed partial class WireReader
{
    private string String()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Fault("Unterminated string starting at", start);
            }

            var c = _text[_at++];
            if (c == '"')
            {
                return text.ToString();
            }

            if (c < ' ')
            {
                throw Fault("Invalid control character at", _at - 1);
            }

            text.Append(c == '\\' ? Escape(start) : c);
        }
    }

    private char Escape(int start)
    {
        if (_at >= _text.Length)
        {
            throw Fault("Unterminated string starting at", start);
        }

        var c = _text[_at++];
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 <= _text.Length
                && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            case 'u':
                throw Fault("Invalid \\uXXXX escape", _at);
            default:
                throw Fault("Invalid \\escape", _at - 2);
        }
    }

    private object Number()
    {
        var start = _at;
        _at += Here == '-' ? 1 : 0;
        var digits = Digits();
        if (digits == 0 || (digits > 1 && _text[_at - digits] == '0'))
        {
            _at = start;
            throw NotANumber(start);
        }

        var whole = true;
        if (Here == '.' && char.IsAsciiDigit(At(_at + 1)))
        {
            whole = false;
            _at++;
            Digits();
        }

        var signed = At(_at + 1) is '+' or '-' ? 2 : 1;
        if (Here is 'e' or 'E' && char.IsAsciiDigit(At(_at + signed)))
        {
            whole = false;
            _at += signed;
            Digits();
        }

        var text = _text.AsSpan(start, _at - start);
        return whole
            ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private WireFormatException NotANumber(int start)
    {
        foreach (var constant in (string[])["NaN", "Infinity", "-Infinity"])
        {
            if (Word(constant))
            {
                return new WireFormatException($"Out of range float values are not JSON compliant: '{constant}'");
            }
        }

        return Fault("Expecting value", start);
    }

    private int Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Here))
        {
            _at++;
        }

        return _at - start;
    }
}
