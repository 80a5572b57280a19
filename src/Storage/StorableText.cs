namespace TomOrleans.Storage;

/// <summary>What both databases can keep: they must refuse the same texts, and before a text is queued together with others' work.</summary>
internal static class StorableText
{
    /// <summary>Throws <see cref="StorageException"/> for a text that is too long, or holds NUL or half a surrogate pair.</summary>
    public static void Check(string what, string? text, int maxLength)
    {
        if (text is null)
            return;
        if (text.Length > maxLength)
            throw new StorageException($"The {what} has {text.Length} characters; at most {maxLength} are kept.");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                throw new StorageException($"The {what} holds a NUL character.");
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                throw new StorageException($"The {what} is not valid Unicode.");
        }
    }
}
