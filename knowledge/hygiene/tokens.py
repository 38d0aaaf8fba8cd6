"""A line as words, each with the evidence for and against its being the name of somebody spoken about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.hygiene.gazetteer import names_a_place
from knowledge.hygiene.lexicon import NAME, WORD, Known
from knowledge.hygiene.words import Words

_TOKEN = re.compile(
    r"[A-Za-z][A-Za-z]*(?:['][A-Za-z]+)*(?:-[A-Za-z]+(?:'[A-Za-z]+)*)*|\d+|[^\w\s]|\n|_|\w",
    re.UNICODE,
)
_POSSESSIVE = re.compile(r"'s?$|'s$", re.IGNORECASE)
_CONTRACTION = re.compile(r"'(?:m|ll|ve|d|re)$", re.IGNORECASE)
_NEVER = frozenset(
    ["i", "he", "she", "it", "we", "they", "you", "me", "him", "her", "us", "them", "his", "its", "our", "my", "your", "their", "this", "that", "these", "those", "what", "who", "why", "how", "when", "where", "which", "also", "and", "but", "or", "so", "if", "then", "than", "because", "oh", "do", "did", "does", "is", "are", "was", "were", "be", "been", "am", "has", "have", "had", "can", "could", "would", "should", "shall", "must", "not", "no", "yes", "yeah", "yep", "nah", "ok", "okay", "um", "uh", "hmm", "mm", "well", "just", "like", "now", "here", "there", "the", "a", "an", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "about", "into", "only", "very", "too", "both", "all", "some", "any", "each", "every", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "next", "last", "new", "old", "let", "lets", "please", "pls", "thanks", "thank", "sorry", "hi", "hey", "hello", "kia", "ora"]
)  # fmt: skip
_CAMEL = re.compile(r"(?<!Mc)(?<!Mac)(?<!De)(?<!Di)(?<!La)(?<!Le)(?<!Fitz)(?<!Van)(?<=[a-z])[A-Z]")
_PARTICLES = frozenset(
    [
        "te",
        "ngā",
        "nga",
        "van",
        "der",
        "de",
        "la",
        "al",
        "el",
        "bin",
        "bint",
        "von",
        "o",
        "mac",
        "mc",
        "le",
        "du",
        "da",
        "dos",
        "ah",
        "ben",
        "abu",
        "st",
        "fa",
    ]
)

_CLASSES: Mapping[str, str] = {
    word: name
    for name, words in {
        "relation": "mum mums mother dad dads father nan nans nana nanna koro kuia aunty auntie uncle brother bro sister sis cousin stepdad stepmum stepfather partner husband wife ex son daughter baby bubs bub moko mokopuna twin twins child kid kids boy boys girl girls whanau family parent parents caregiver grandmother grandfather grandson granddaughter mama papa baba matua whaea tamaiti tama kotiro mate boyfriend girlfriend bf gf neighbour landlord guardian missus nephew niece pepi eldest youngest",
        "title": "mr mrs ms miss mx master",
        "office": "dr doctor sgt sergeant const constable insp inspector det detective judge justice minister hon sir dame mayor cr councillor nurse matua whaea kaumatua pastor rev reverend father principal professor prof mp",
        "greet": "hi hey hello kia ora morena morning afternoon thanks thank cheers ta welcome bye tena koe talofa malo mihi nga haere mai nau sorry congrats happy birthday bula namaste well done ka pai awesome great agree yes yep tautoko apologies apols",
        "meeting": "mute muted unmute screen share sharing minutes camera mic sound audio agenda chair chairing facilitate facilitating slides doc link room late early joining joined join action actions notes recording spreadsheet hand dial laptop wifi invite lunch kai karakia",
        "case": "case list next re update about regarding discuss discussing spelt spelling named called name names known aka address dob plan referral refer referred visit visited attendance allocated lead whos who's whose status add skip remove park move moving close closing closed missed file consent risk",
        "say": "says said told disclosed reported thinks reckons wants asked rang called messaged txted",
        "copula": "is was are were has had isnt wasnt hasnt isn't wasn't hasn't been got gets went came lives living stays staying turned missed hasnt didn't didnt wont won't still",
        "pronoun": "he she her his him they them their hers",
        "you": "you your ur u youre you're can could would will pls please",
        "org": "school college primary intermediate academy kura trust centre center clinic hospital marae church police station office act bill code fund programme principle scheme report inquiry review rule house hall road rd street st ave park hub bay beach river bridge highway team service services group court tribunal line helpline ltd inc award building room rules test scale week day",
        "prep": "for with from to at in on by of near about",
        "reo": "ko a ki i kei hei mo ma te nga he me na no tana tona ia",
    }.items()
    for word in words.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: where it stands, its plain lower-case form, and the lists that hold it."""

    start: int
    end: int
    text: str
    plain: str
    shape: str
    known: int
    possessive: bool
    opens: bool


def tokens(text: str, known: Mapping[str, int] | Words) -> list[Token]:
    """The words and marks of the folded text in order."""
    found = list(_TOKEN.finditer(text))
    letters = [character for character in text if character.isalpha()]
    loud = len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    quiet = not any(map(str.isupper, letters))
    read: list[Token] = []
    opens = True
    for match in found:
        gap = text[max(0, match.start() - 2) : match.start()] == "  "
        token = _token(match, known, loud, quiet, opens or gap)
        opens = (token.shape == "." and token.text in ".?!:\n-•*>|") or (
            opens and token.shape in ".0"
        )
        read.append(token)
    return read


def _token(
    match: re.Match[str], known: Mapping[str, int] | Words, loud: bool, quiet: bool, opens: bool
) -> Token:
    text = match[0]
    if not text[0].isalpha():
        return Token(*match.span(), text, text, "0" if text.isdigit() else ".", 0, False, opens)
    bare = _CONTRACTION.sub("", _POSSESSIVE.sub("", text)) if "'" in text else text
    plain = bare.lower()
    flags = _lookup(plain, known)
    if plain.endswith("n't"):
        flags |= Known.COMMON
    if not flags and bare[0].isupper() and names_a_place(bare):
        flags = Known.PLACE
    possessive = bare != text
    if plain.endswith("s") and not flags & NAME:
        flags |= known.get(plain[:-1], 0) & Known.ORGANISATION
    if (
        not flags & WORD
        and plain.endswith("s")
        and len(plain) > 4
        and not possessive
        and not flags & NAME
    ):
        stem = known.get(plain[:-1], 0)
        flags |= stem & WORD
        if stem & NAME and not stem & WORD:
            flags, possessive, plain = stem, True, plain[:-1]
            bare = bare[:-1]
    return Token(
        match.start(),
        match.start() + len(bare),
        bare,
        plain,
        _shape(bare, loud, quiet),
        flags,
        possessive,
        opens,
    )


def _lookup(plain: str, known: Mapping[str, int] | Words) -> int:
    flags = known.get(plain, 0)
    if not flags and "-" in plain:
        parts = [known.get(part, 0) for part in plain.split("-")]
        if all(
            part & (Known.COMMON | Known.ENGLISH | Known.JARGON) and not part & NAME
            for part in parts
        ):
            return Known.ENGLISH
        for part in parts:
            flags |= part & NAME
    return flags


def _shape(text: str, loud: bool, quiet: bool) -> str:
    if len(text) == 1:
        return "i" if text.isupper() else "l"
    if text.isupper():
        return "L" if loud else "U"
    if not text[1:].islower() and _CAMEL.search(text):
        return "U"
    if text[0].isupper() or (
        "-" in text and text[text.index("-") + 1 : text.index("-") + 2].isupper()
    ):
        return "C"
    return "q" if quiet else "l"


def is_candidate(token: Token) -> bool:
    """Whether a word may be a name at all; ordinary lower-case words are not looked at."""
    if (
        token.shape in ".0"
        or token.plain in _NEVER
        or (token.plain in _PARTICLES and token.shape in "lq")
    ):
        return False
    if token.shape in "lqL":
        return bool(token.known & NAME) or (
            not token.known & (WORD | Known.ORGANISATION | Known.PLACE) and len(token.plain) > 2
        )
    return True


def evidence(
    read: Sequence[Token], at: int, seats: Mapping[str, int], line: Sequence[str]
) -> list[str]:
    """Names of the features that speak about the word at `at`; `seats` are the names at the table."""
    token = read[at]
    shape, lists = token.shape, _lists(token.known)
    start = "^" if token.opens else ""
    seat = _seat(read, at, seats)
    before, after = _word(read, at - 1), _word(read, at + 1)
    kind_before, kind_after = _class(before), _class(after)
    near_before, near_after = _namely(read, at - 1, seats), _namely(read, at + 1, seats)
    own = "'s" if token.possessive else ""
    cased = {"C": "C", "U": "C", "i": "i"}.get(shape, "l") + start
    coarse = f"{cased}|{_namehood(token.known)}|{_wordhood(token.known)}|{seat}"
    run = _run(read, at)
    made = [
        f"c={coarse}", f"c2={cased}|{seat}", f"k={shape}{start}|{lists}", f"s={seat}|{near_before}|{near_after}", f"l={lists}", f"p={own}{coarse}", f"w={token.plain if token.known & WORD else '-'}",
        f"b={before}", f"a={after}", f"b|={before}|{coarse}", f"a|={after}|{coarse}", f"bc={kind_before}|{coarse}", f"ac={kind_after}|{coarse}", f"ba={kind_before}|{kind_after}|{coarse}",
        f"b2={_class(_word(read, at - 2))}|{kind_before}|{cased}", f"a2={kind_after}|{_class(_word(read, at + 2))}|{cased}", f"nb={near_before}|{coarse}", f"na={near_after}|{coarse}",
        f"n={near_before}|{near_after}|{cased}", f"bb={_word(read, at - 2)}", f"aa={_word(read, at + 2)}", f"bb|={_class(_word(read, at - 2))}|{coarse}", f"aa|={_class(_word(read, at + 2))}|{coarse}",
        f"run={run}|{coarse}", f"run={run}", f"end={at == len(read) - 1}|{coarse}",
    ]  # fmt: skip
    made += [f"line={part}|{coarse}" for part in line]
    made += [f"line={part}|{kind_before}|{cased}" for part in line[:1]]
    return made


def _run(read: Sequence[Token], at: int) -> str:
    """What the capitalised run around a word holds: an organisation's word, a place, a saint."""
    start = end = at
    while start > max(0, at - 6) and _runs(read[start - 1]):
        start -= 1
    while end + 1 < min(len(read), at + 7) and _runs(read[end + 1]):
        end += 1
    around = read[start : end + 1]
    if any(
        token.known & Known.ORGANISATION and (token.shape in "CUL" or place == len(around) - 1)
        for place, token in enumerate(around)
    ):
        return "org"
    if around[0].plain == "st" or any(token.known & Known.PUBLIC for token in around):
        return "public"
    if any(token.known & Known.PLACE for token in around):
        return "place"
    return str(min(len(around), 4))


def _runs(token: Token) -> bool:
    return (
        token.shape in "CUi"
        or token.plain in _PARTICLES
        or (bool(token.known & Known.ORGANISATION) and token.shape == "l")
    )


def _namehood(known: int) -> str:
    return "N" if known & NAME else "-"


def _wordhood(known: int) -> str:
    if known & (Known.PLACE | Known.PUBLIC | Known.ORGANISATION):
        return "o"
    return "c" if known & Known.COMMON else "w" if known & WORD else "-"


def _seat(read: Sequence[Token], at: int, seats: Mapping[str, int]) -> str:
    mine = seats.get(read[at].plain)
    if mine is None:
        short = read[at].plain
        return "nick" if len(short) > 2 and any(name.startswith(short) for name in seats) else "-"
    for other in (at - 1, at + 1):
        if (
            0 <= other < len(read)
            and (theirs := seats.get(read[other].plain)) is not None
            and theirs == mine
        ):
            return "same"
    return "seat"


def _lists(known: int) -> str:
    word = (
        "c" if known & Known.COMMON else "e" if known & Known.ENGLISH else "m" if known & Known.TE_REO
        else "p" if known & Known.PACIFIC else "j" if known & Known.JARGON else "-"
    )  # fmt: skip
    extra = (
        "o"
        if known & Known.ORGANISATION
        else "x"
        if known & Known.PLACE
        else "f"
        if known & Known.PUBLIC
        else ""
    )
    name = (
        "GS" if known & Known.GIVEN and known & Known.SURNAME else "G" if known & Known.GIVEN else "S" if known & Known.SURNAME
        else "L" if known & Known.LOCALE else ""
    )  # fmt: skip
    return word + extra + name


def _word(read: Sequence[Token], at: int) -> str:
    if not 0 <= at < len(read):
        return "#"
    token = read[at]
    if token.shape == "0":
        return "0"
    if token.shape == "." or (
        token.known & WORD and (not token.known & NAME or token.plain in _CLASSES)
    ):
        return token.plain
    return "?" + token.shape


def _class(word: str) -> str:
    return _CLASSES.get(word, word if not word.isalpha() or word[:1] == "?" else "w")


def _namely(read: Sequence[Token], at: int, seats: Mapping[str, int]) -> str:
    if not 0 <= at < len(read):
        return "#"
    token = read[at]
    if token.shape in ".0":
        return token.shape
    if token.plain in seats:
        return "seat"
    if token.known & Known.ORGANISATION:
        return "org"
    if token.known & NAME:
        return ("N" if token.shape in "CUi" else "n") + ("w" if token.known & WORD else "")
    if token.known & WORD:
        return "W" if token.shape in "CU" else "w"
    return "U" if token.shape in "CUi" else "u"
