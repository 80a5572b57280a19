using System.Collections.Frozen;
using System.Text;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// The form in which texts are compared for identity: trimmed, lower case, letters and their accents composed (as Unicode's NFC does).
/// Stored hashes stand on it: it must never change for a text that it knows today.
/// </summary>
/// <remarks>
/// Not <see cref="string.Normalize()"/>: that depends on the host's ICU, and silently does nothing with InvariantGlobalization. Known here
/// are the Latin, Greek and Cyrillic letters with composed forms; accents are taken in the order given.
/// </remarks>
internal static class CanonicalText
{
    /// <summary>For each accent the lower-case letters that take it, each followed by its composed form.</summary>
    private static readonly Dictionary<char, string> Accents = new()
    {
        ['\u0300'] = "aàeèiìoòuùüǜnǹеѐиѝēḕōṑwẁâầăằêềôồơờưừyỳ", // grave accent
        ['\u0301'] = "aáeéiíoóuúyýcćlĺnńrŕsśzźüǘgǵåǻæǽøǿϊΐαάεέηήιίϋΰοόυύωώгѓкќçḉēḗïḯkḱmḿõṍōṓpṕũṹwẃâấăắêếôốơớưứ", // acute accent
        ['\u0302'] = "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑạậẹệọộ", // circumflex accent
        ['\u0303'] = "aãnñoõiĩuũvṽâẫăẵeẽêễôỗơỡưữyỹ", // tilde
        ['\u0304'] = "aāeēiīoōuūüǖäǟȧǡæǣǫǭöȫõȭȯȱyȳиӣуӯgḡḷḹṛṝ", // macron
        ['\u0306'] = "aăeĕgğiĭoŏuŭийуўжӂаӑеӗȩḝạặ", // breve
        ['\u0307'] = "cċeėgġzżaȧoȯbḃdḋfḟhḣmṁnṅpṗrṙsṡśṥšṧṣṩtṫwẇxẋyẏ", // dot above
        ['\u0308'] = "aäeëiïoöuüyÿιϊυϋеёіїаӓәӛжӝзӟиӥоӧөӫэӭуӱчӵыӹhḧõṏūṻwẅxẍtẗ", // diaeresis
        ['\u0309'] = "aảâẩăẳeẻêểiỉoỏôổơởuủưửyỷ", // hook above
        ['\u030a'] = "aåuůwẘyẙ", // ring above
        ['\u030b'] = "oőuűуӳ", // double acute accent
        ['\u030c'] = "cčdďeělľnňrřsštťzžaǎiǐoǒuǔüǚgǧkǩʒǯjǰhȟ", // caron
        ['\u030f'] = "aȁeȅiȉoȍrȑuȕѵѷ", // double grave accent
        ['\u0311'] = "aȃeȇiȋoȏrȓuȗ", // inverted breve
        ['\u031b'] = "oơuư", // horn
        ['\u0323'] = "bḅdḍhḥkḳlḷmṃnṇrṛsṣtṭvṿwẉzẓaạeẹiịoọơợuụưựyỵ", // dot below
        ['\u0324'] = "uṳ", // diaeresis below
        ['\u0325'] = "aḁ", // ring below
        ['\u0326'] = "sștț", // comma below
        ['\u0327'] = "cçgģkķlļnņrŗsştţeȩdḑhḩ", // cedilla
        ['\u0328'] = "aąeęiįuųoǫ", // ogonek
        ['\u032d'] = "dḓeḙlḽnṋtṱuṷ", // circumflex accent below
        ['\u032e'] = "hḫ", // breve below
        ['\u0330'] = "eḛiḭuṵ", // tilde below
        ['\u0331'] = "bḇdḏkḵlḻnṉrṟtṯzẕhẖ", // macron below
    };

    private static readonly FrozenDictionary<(char Letter, char Accent), char> Composed = Accents
        .SelectMany(accent => accent.Value.Chunk(2).Select(pair => KeyValuePair.Create((pair[0], accent.Key), pair[1])))
        .ToFrozenDictionary();

    public static string Of(string text)
    {
        // Upper case first brings letters of two lower-case forms together: final sigma, the micro sign. The Angstrom sign becomes the
        // letter.
        var folded = text.Trim().ToUpperInvariant().ToLowerInvariant();
        if (!folded.AsSpan().ContainsAnyInRange('\u0300', '\u036f'))
        {
            return folded;
        }

        var composed = new StringBuilder(folded.Length);
        foreach (var character in folded)
        {
            if (composed.Length > 0 && Composed.TryGetValue((composed[^1], character), out var whole))
            {
                composed[^1] = whole;
            }
            else
            {
                composed.Append(character);
            }
        }

        return composed.ToString();
    }
}
