"""A question as the matcher hears it, and a clause as the matcher reads it: in the same plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from re import Pattern

from knowledge.agencies import Agencies, Agency, Mention
from knowledge.danger import speaks_of_danger
from knowledge.language import fold, glossed, repair, vocabulary, word_set

_PIECE = re.compile(r"[a-z0-9]+|[.,;:?()]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question read: its plain words, the agencies in their roles, and how it is put.

    `bare` leaves the agencies out. `outsiders` have not signed and would be told.
    `shape` holds the names of the cues it shows (`permission`, `who`, `when` ...).
    """

    heard: str
    bare: str
    tokens: tuple[str, ...]
    recipients: tuple[Agency, ...]
    sharers: tuple[Agency, ...]
    strangers: tuple[str, ...]
    shape: frozenset[str]
    danger: bool
    outsiders: tuple[Agency, ...] = ()

    @property
    def agencies(self) -> tuple[Agency, ...]:
        return tuple(dict.fromkeys((*self.sharers, *self.recipients)))

    @property
    def is_permission(self) -> bool:
        return "permission" in self.shape

    @property
    def asks_leave(self) -> bool:
        """Whether something may be done, not who, when, how or by what law it may."""
        return self.is_permission and not {*self.tokens[:3]} & _WANTED

    @property
    def is_for_everyone(self) -> bool:
        """Whether it asks about telling all the others, naming none."""
        return "everyone" in self.shape and not self.recipients

    @property
    def receives(self) -> bool:
        """The asker wants to be told, not to tell."""
        return bool(_RECEIVES.search(self.heard))


_WANTED = frozenset(("who", "whom", "whose", "when", "where", "why", "how", "what", "which"))
_ASKER = re.compile(
    r"(\b(im|i m|i am|we are|speaking as|as)( (at|from|with|w|in|the|a|an))*|^|[.,;:?(]) ?$"
)
_RECEIVES = re.compile(
    r"\b(can|do|may|could|are|am|should|will) (i|we) (hear|know|see|get|find|be|ask|have|told|allowed to (know|hear|see|have))\b|\btell us\b|\btell me\b"
)


def ask(agencies: Agencies, text: str, known: frozenset[str] = frozenset()) -> Asked:
    """The question read; `known` are further words towards which slips are mended."""
    mended = repair(pieces(text), known_words() | known)
    found = agencies.mentions(mended)
    spoken = agencies.spoken(mended)
    heard_text = " ".join(glossed(spoken))
    receives = bool(_RECEIVES.search(heard_text))
    sharers, recipients = _roles(mended, found, receives)
    names = {mention.agency.spoken for mention in found}
    return Asked(
        heard_text,
        " ".join(glossed([token for token in spoken if token not in names])),
        tuple(heard_text.split()),
        recipients,
        sharers,
        tuple(m.agency.spoken for m in agencies.strangers(mended)),
        frozenset(name for name, cue in cues("shape").items() if cue.search(heard_text)),
        speaks_of_danger(text),
        tuple(m.agency for m in found if m.agency.party is None and _clearly_hears(mended, m)),
    )


def follow(asked: Asked, before: Sequence[Asked]) -> Asked:
    """A follow-up (`and Corrections?`) with what it leaves unsaid taken from the question before it.

    Roles it names replace the earlier ones; a shape of its own replaces the earlier shape.
    """
    if not before:
        return asked
    earlier = follow(before[-1], before[:-1]) if _is_short(before[-1]) else before[-1]
    recipients, sharers = asked.recipients, asked.sharers
    if asked.is_for_everyone:
        sharers = sharers or earlier.sharers
    elif not (recipients or sharers):
        recipients, sharers = earlier.recipients, earlier.sharers
    elif _is_short(asked) and not (asked.recipients and asked.sharers):
        recipients, sharers = _replace(asked, earlier)
    short = _is_short(asked)
    own = asked.shape - {"what", "negated", "first", "about_person", "everyone", "condition"}
    if short:
        asked = replace(
            asked,
            heard=f"{_renamed(earlier, asked)} . {asked.heard}",
            bare=asked.bare if _says_something(asked.bare) else earlier.bare,
            tokens=(*_renamed(earlier, asked).split(), *asked.tokens),
        )
    else:
        asked = replace(asked, heard=f"{earlier.heard} {asked.heard}")
    return replace(
        asked,
        recipients=recipients,
        sharers=sharers,
        shape=asked.shape if own and not short else asked.shape | earlier.shape,
    )


# `For how long?`, `Under which law?`: nothing but what is wanted.
_BARE = re.compile(
    r"^\W*((and|so|ok|okay|but|then) )*((for|by|until|till|to|from|with|under|since) )?"
    r"(who(m|se)?|when|where|why|how( (long|soon|often|many|much|come|so|far back|quick(ly)?|fast))?"
    r"|wh(at|ich) (law|act|section|row|form|time|day|date|agency|agencies|ones?))"
    r"( (to|from|for|then|though|exactly|is (it|that|this)))*\W*$"
)
_OPENS = re.compile(
    r"^(ok |okay |so |but |yeah |oh )?(and|n|nd|or|also|same|even|what about|how about|what if|if|then|but|so) "
)
_POINTS = re.compile(r"\b(it|that|this|those|these|too|then|though|instead|same|as well|either)\b")
_PERSON_BEFORE = re.compile(r"\b(he|she|they|them)\b")
_POINTS_NOWHERE = re.compile(
    r"\bis it (ok|okay|alright|right|fine|allowed|possible|safe)\b|\bthat (is|are|was)\b"
)


def leans_back(asked: Asked) -> bool:
    """Whether the question cannot be understood without the one before it."""
    text, length = _POINTS_NOWHERE.sub("", asked.heard), len(asked.tokens)
    if (length < 4 and asked.agencies) or (_OPENS.search(text) and length < 14):
        return True
    if _BARE.search(text):
        return True
    points = _POINTS.search(text) or (_PERSON_BEFORE.search(text) and not asked.is_permission)
    return bool(points) and length < 11


def _renamed(earlier: Asked, asked: Asked) -> str:
    """The earlier question with the follow-up's one agency in the place of its own."""
    new = asked.recipients or asked.sharers
    old = earlier.recipients or earlier.sharers
    if len(new) != 1 or not old:
        return earlier.heard
    return earlier.heard.replace(old[0].spoken, new[0].spoken)


def _replace(asked: Asked, earlier: Asked) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
    """The one agency of a short follow-up takes the place of the earlier one in the same role."""
    new = asked.recipients or asked.sharers
    if earlier.recipients or not earlier.sharers:
        return new, tuple(a for a in earlier.sharers if a not in new)
    return (), new


def _says_something(bare: str) -> bool:
    """Whether a follow-up is about something of its own besides agencies."""
    return len({*_LITTLE.sub("", bare).split()} - word_set("stop")) > 0


_LITTLE = re.compile(
    r"\b(and|also|ok|okay|so|then|too|though|same|even|well|as|n|or|but|yeah|about|either)\b|[^a-z0-9 ]"
)


def _is_short(asked: Asked) -> bool:
    return len(asked.tokens) < 9


_PART = re.compile(
    r"\?\s+|[,.;]\s+and\s+|\s+and\s+(?=(?:who|what|when|where|how|which|why|can|could|may|do|does|is|are|am|should)\b)|\s+(?:n|&)\s+(?=(?:who|what|when|where|how|can|do|does|is)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(who|whos|what|whats|when|whens|where|how|which|why|can|could|may|do|does|is|are|am|should|ok|allowed)\b",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions in a question; one, unless each part asks something by itself."""
    parts = [part.strip(" ?") for part in _PART.split(question) if part.strip(" ?")]
    if len(parts) < 2 or not all(_QUESTION.search(p) and len(p.split()) > 1 for p in parts):
        return (question,)
    return tuple(parts[:4])


def heard(agencies: Agencies, text: str) -> str:
    """The question in plain English words, agencies under one name, slips mended."""
    return " ".join(glossed(agencies.spoken(repair(pieces(text), known_words()))))


def said(agencies: Agencies, heading: str, lead_in: str, text: str) -> str:
    """The clause under its heading and after its lead-in, in the words `heard` uses."""
    whole = " ".join(filter(None, (f"{heading}.", lead_in, text)))
    return " ".join(glossed(agencies.spoken(pieces(whole))))


def pieces(text: str) -> list[str]:
    return _PIECE.findall(fold(text))


@cache
def cues(group: str) -> dict[str, Pattern[str]]:
    return {name: re.compile(cue) for name, cue in vocabulary("questions")[group].items()}


def _roles(
    tokens: Sequence[str], found: Sequence[Mention], receives: bool
) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
    """Who tells and who hears, by the words around each agency; the asker's own by what they want."""
    sharers: list[Agency] = []
    recipients: list[Agency] = []
    own = [mention for mention in found if _is_askers(tokens, mention)]
    for mention in found:
        if mention not in own:
            tells = _tells(tokens, mention, bool(recipients or sharers))
            (sharers if tells else recipients).append(mention.agency)
    asks = receives or bool(sharers and not recipients)
    (recipients if asks else sharers).extend(mention.agency for mention in own)
    return tuple(dict.fromkeys(sharers)), tuple(dict.fromkeys(recipients))


def _is_askers(tokens: Sequence[str], mention: Mention) -> bool:
    """`im from OT`, `Police here`: the asker speaks for this agency."""
    before = " ".join(tokens[max(0, mention.start - 5) : mention.start])
    opens = _ASKER.search(before)
    here = tokens[mention.end : mention.end + 1] == ["here"]
    return bool(opens and (here or opens.group(2)))


def _clearly_hears(tokens: Sequence[str], mention: Mention) -> bool:
    """The words around say that this agency would be told; `and Corrections?` says so too."""
    verbs = vocabulary("questions")["verbs"]
    before = [word for word in tokens[max(0, mention.start - 2) : mention.start] if word != "the"]
    told = bool(before) and before[-1] in verbs["to"]
    hears = any(word in verbs["hear"] for word in tokens[mention.end : mention.end + 4])
    return told or hears or len(tokens) < 6


def _tells(tokens: Sequence[str], mention: Mention, later: bool) -> bool:
    verbs = vocabulary("questions")["verbs"]
    before = [word for word in tokens[max(0, mention.start - 2) : mention.start] if word != "the"]
    if before and before[-1] in verbs["from"]:
        return True
    if before and before[-1] in verbs["to"]:
        return False
    for word in tokens[mention.end : mention.end + 6]:
        if word in verbs["hear"]:
            return False
        if word in verbs["tell"]:
            return True
    return False if later else "asked" in tokens[: mention.start]


@cache
def known_words() -> frozenset[str]:
    """Words of the vocabulary, towards which slips may be mended besides common English."""
    keys = (key for group in vocabulary("glossary").values() for key in group)
    names = (name for entry in vocabulary("agencies")["agency"] for name in entry["names"])
    return frozenset(word for text in (*keys, *names) for word in re.split(r"[_ ]", text)) | _TERMS


_TERMS = word_set("terms")
