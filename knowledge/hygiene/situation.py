"""Whether a line tells of one particular person's life, names set aside: what locals could recognise."""

import re
from collections.abc import Mapping, Sequence

from knowledge.hygiene.lexicon import NAME, WORD, Known
from knowledge.hygiene.tokens import Token

_DETAILS: Mapping[str, re.Pattern[str]] = {
    "only": re.compile(r"\b(?:only (?!if|when|the|a\b|one family|option|\d)\w+ (?:\w+ ){0,3}(?:family|whanau|kid|girl|boy|student|house|woman|man|guy|one|vet|\w+)|(?:our|the|that) (?:one|only|single) \w+|te \w+ anake|theres only \d|there's only \d|the last \w+ in)\b", re.IGNORECASE),
    "known": re.compile(r"\b(?:yo?u (?:all )?know (?:who|the)|guess who|whoever|yep him|yep her|that (?:one|guy|lady|fella|family|whanau|kid|girl|boy|woman|man|single)|(?:same|the) (?:fella|guy|lady|bloke|chap|family|kid|girl|boy|woman|man|one|ones) (?:who|that|whose|w|with|on|from|in)|the (?:news|paper|herald|stuff|tv)|last year'?s|in the (?:paper|herald|news))\b", re.IGNORECASE),
    "kin_of_office": re.compile(r"\b(?:principal|minister|mayor|councillor|vicar|pastor|chief|sergeant|constable|policeman|officer|teacher|coach|doctor|nurse|gp|vet|pharmacist|farmer|butcher|baker|manager|pilot|shearer|driver|caretaker|midwife|lawyer|judge|tumuaki|kaumatua|player|owner|dean|captain|dp|chair|principals|ministers|mayors|ceo|builder|fisherman|publican|shopkeeper)(?:'?s|s') (?:son|daughter|wife|husband|partner|boy|girl|kids?|grandson|granddaughter|nephew|niece|mum|dad|ex|widow|brother|sister|baby|twins|triplets|mother|father|moko|mokopuna)\b", re.IGNORECASE),
    "works": re.compile(r"\b(?:runs|owns|drives|teaches|coaches|works (?:at|in|for)|who does|plays|plays the|won|wins|came (?:first|second|third)|represent\w*|saved|fell off|crashed|lost (?:her|his|their) (?:leg|arm|eye|house|home)|burnt? down|moved in|lives (?:by|next|opposite|beside|above|behind))\b", re.IGNORECASE),
    "occupation": re.compile(r"\b(?:midwife|caretaker|bus driver|fire chief|vet|shearer|fisherman|butcher|baker|pharmacist|publican|lollipop (?:lady|man)|head (?:girl|boy)|dux|coach|pilot|farmer|shopkeeper|dairy owner|deputy principal|reverend|minister'?s|policeman|teacher'?s|kaumatua who|koro who|principal'?s|ex deputy|builder|mechanic|nurse who|league player|postie)\b", re.IGNORECASE),
    "birth": re.compile(r"\b(?:twins?|triplets?|quads|youngest of|eldest of|one of (?:nine|ten|eight|\d+)|\w+ sister of|\w+ brother of|the (?:five|six|seven|nine|ten|three|four) (?:boys|girls|kids))\b", re.IGNORECASE),
    "body": re.compile(r"\b(?:one[- ](?:armed|legged|eyed)|wheelchair|prosthetic|deaf|blind|guide dog|redhead|cello|trans kid)\b", re.IGNORECASE),
    "spot": re.compile(r"\b(?:beside|next to|behind|opposite|by|above|across from|near|at|from) the (?:\w+ ){0,2}(?:pub|marae|dairy|church|mosque|school|kura|bridge|station|gym|dam|hall|camping ground|lighthouse|wharf|shop|garage|servo|domain|motel|river|beach|rugby club|bakery|four square|flats)\b|\b(?:blue|red|pink|yellow|white|green|top|end|corner) (?:house|flat|unit|bus|place)\b", re.IGNORECASE),
}  # fmt: skip
_SOMEONE = frozenset(
    ["he", "she", "he's", "she's", "hes", "shes", "his", "her", "hers", "him", "mum", "mums", "dad", "dads", "wife", "wifes", "husband", "son", "daughter", "girl", "boy", "family", "whanau", "mother", "father", "uncle", "kid", "brother", "sister", "koro", "nan", "eldest", "youngest", "lady", "woman", "guy", "man", "ia"]
)  # fmt: skip
_MASKED = re.compile(
    r"\b(?:case|item|row|client|family|whanau|person|child|student|rangatahi|number|no\.?|akonga|tamaiti|tenant) ?#?(?:\d+|[A-K])\b|\b(?:item|case) \w+\b|#\d+|\bthis one\b|\bsecond one\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    ["policy", "stat", "stats", "percent", "numbers", "nationally", "nationwide", "training", "programme", "programmes", "funding", "research", "report", "survey", "most", "many", "some", "often", "every", "people", "clients", "families", "anyone", "someone", "if", "when", "should", "act", "principle", "template", "waitlist", "service", "services", "campaign", "course", "generally", "always", "never", "we", "i", "my", "hypothetically"]
)  # fmt: skip


def situation(
    text: str, read: Sequence[Token], seats: Mapping[str, int], about: Sequence[str]
) -> list[str]:
    """Names of the features that speak for a recognisable person in the folded text."""
    details = [name for name, pattern in _DETAILS.items() if pattern.search(text)]
    plain = [token.plain for token in read]
    someone = not _SOMEONE.isdisjoint(plain)
    place = any(
        token.known & Known.PLACE or (token.shape == "C" and not token.opens and not token.known & WORD and token.plain not in seats)
        for token in read
    )  # fmt: skip
    made = [f"about={kind}" for kind in about] + [f"detail={name}" for name in details]
    made += [
        f"someone={someone}",
        f"abouts={min(len(about), 3)}",
        f"details={min(len(details), 3)}",
        f"masked={_MASKED.search(text) is not None}",
    ]
    made += [
        f"general={min(sum(word in _GENERAL for word in plain), 3)}",
        f"place={place}",
        f"length={min(len(read) // 6, 4)}",
    ]
    made += [
        f"about+detail={min(len(about), 2)}{min(len(details), 2)}",
        f"about+someone={min(len(about), 2)}{someone}{min(len(details), 1)}",
    ]
    made += [f"ask={'?' in text}", f"detail+place={min(len(details), 2)}{place}"]
    return made


def masked(text: str, read: Sequence[Token], seats: Mapping[str, int]) -> str:
    """The line with names as PERSON, people at the table as COLLEAGUE and digits as 0."""
    parts, done = [], 0
    for token in read:
        mask = _mask(token, seats)
        if mask:
            parts += [text[done : token.start], mask]
            done = token.end
    line = re.sub(r"\d", "0", "".join([*parts, text[done:]]))
    return re.sub(r"(PERSON)(?:[ \-]PERSON)+", r"\1", line)


def _mask(token: Token, seats: Mapping[str, int]) -> str:
    if token.shape in ".0":
        return ""
    if token.plain in seats:
        return "COLLEAGUE" if token.shape in "CUL" or not token.known & WORD else ""
    if token.known & (Known.PLACE | Known.PUBLIC | Known.ORGANISATION):
        return ""
    unknown = not token.known & WORD
    if token.shape in "CUiL" and (unknown or (token.known & NAME and not token.opens)):
        return "PERSON"
    return "PERSON" if unknown and token.known & NAME else ""
