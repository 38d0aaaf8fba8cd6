"""What stands once in a protocol: title, version, classification, start date, review."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from protocols.dates import MONTH_NAMES, add_months, month_number, parse_date
from protocols.mentions import mentioned
from protocols.model import Clause, Review, Section, Signatory
from protocols.parties import Party
from protocols.signing_places import is_blank
from protocols.tables import read_grid
from protocols.word.model import Block, Document, Paragraph, Table
from protocols.word.ordinals import ONES
from protocols.wording import fold, phrases

LEVELS = (
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "RESTRICTED",
    "SENSITIVE",
    "IN-CONFIDENCE",
    "UNCLASSIFIED",
)
"""Security classifications of the Protective Security Requirements, highest first."""

_LEVEL = "|".join(level.replace(" ", r"\s").replace("-", r"[\s-]") for level in LEVELS)
_SAID = re.compile(
    rf"\b(?:classified|classification(?:\s+is)?|marked|treat\w*|as|at|is|are|marking|carr(?:y|ies))\W+(?:as\s+|at\s+)?(?:an?\s+)?(?:HEALTH\s+)?({_LEVEL})\b"
)
_ANY_LEVEL = re.compile(rf"\b({_LEVEL})\b")
_VERSION = re.compile(
    r"\b(?:version|putanga)\s*(?:no\.?|number)?\s*[:#]?\s*v?(\d+(?:\.\d+)*)", re.IGNORECASE
)
_SHORT_VERSION = re.compile(r"\bv(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_NUMBERS = {word: at for at, word in enumerate(ONES)} | {
    "twenty four": 24,
    "twenty-four": 24,
    "thirty-six": 36,
}
_COUNT = rf"(?P<count>\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_STARTS = re.compile(
    r"\b(?:starts?|start working this way|begins?|commences?|takes? effect|in force|comes? into (?:force|effect)|effective)\s+"
    r"(?:on|from)\s+(?P<when>[^.;]{4,60})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_COUNT}\s+(?P<unit>months?|years?)\s+(?:after|from)\s+(?:the\s+|its\s+|this\s+)?(?:start|commencement|beginning|version|signing|date|it)",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?:every|each)\s+(?:{_COUNT}\s+)?(?P<unit>months?|years?)|\b(?P<yearly>annually|yearly|every year)\b|\bafter\s+{_COUNT.replace('count', 'count2')}\s+(?P<unit2>months?|years?)",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(rf"\bin\s+(?P<month>{MONTH_NAMES})\s+(?P<year>\d{{4}})", re.IGNORECASE)
_EACH_MONTH = re.compile(rf"\b(?:every|each)\s+(?P<month>{MONTH_NAMES})\b", re.IGNORECASE)
_PERIOD = re.compile(
    rf"(?:(?:\w+(?:-\w+)?\s+(?:months?|years?)\s+(?:after|from))|\b(?:every|each)\s+(?:\w+\s+)?(?:months?|years?|{MONTH_NAMES})|\bannually|\byearly|\bin\s+(?:{MONTH_NAMES})\s+\d{{4}}|"
    r"\bafter\s+\w+\s+(?:months?|years?)|\b(?:at|on) (?:the|each|every) (?:\w+ )?anniversary)[^.;]*",
    re.IGNORECASE,
)
_STARTER = re.compile(
    r"^(?P<who>.{2,80}?)\s+(?:will\s+|shall\s+|is to\s+|must\s+)?(?:starts?|begins?|opens?|initiates?|leads?|calls?|carr(?:y|ies) out|undertakes?|arranges?|conducts?|reviews?)\b",
    re.IGNORECASE,
)


_MAY = re.compile(r"\b(?:may|can)$|\b(?:may|can)\s")
_REVIEWS = re.compile(
    r"review|\b(?:fresh|another) look\b|\b(?:goes?|go) over th(?:is|e)\b|\blooks? at th(?:is|e)\b",
    re.IGNORECASE,
)
_REVIEWED_BY = re.compile(r"\breviewed\b[^.;]*? by (?P<who>[^.;]+)", re.IGNORECASE)
_GENERIC_TITLES = phrases(
    (
        "information sharing protocol",
        "information sharing agreement",
        "protocol",
        "agreement",
        "memorandum of understanding",
    )
)


def find_title(
    document: Document, given: str | None, front: Sequence[Block], first_heading: str | None
) -> str | None:
    """The document's title: its own title line, its property, its first line, or its first heading."""
    lines = [
        b.text.strip()
        for b in front
        if isinstance(b, Paragraph) and b.text.strip() and not b.prompt
    ]
    if given is None and len(lines) > 1 and fold(lines[1]) in _GENERIC_TITLES:
        return f"{lines[0]}: {lines[1]}"
    titled = next(
        (
            line
            for line in lines
            if re.search(r"protocol|agreement|kawenata|arrangement|memorandum", line, re.IGNORECASE)
        ),
        None,
    )
    return (
        given
        or titled
        or document.properties.title
        or (lines[0] if lines else first_heading)
        or None
    )


def find_version(
    document: Document | None, front: Sequence[Block], clauses: Sequence[Clause]
) -> str | None:
    """The version from the title block, document control table, header or footer, or the opening clauses."""
    fields = dict(_fields(front))
    named = next(
        (
            value
            for label, value in fields.items()
            if label.casefold().startswith(("version", "putanga")) and value
        ),
        None,
    )
    if named and (found := re.search(r"\d+(?:\.\d+)*", named)):
        return found.group()
    margins = (*document.headers, *document.footers) if document else ()
    lines = [b.text for b in (*front, *margins) if isinstance(b, Paragraph)]
    lines += [clause.text for clause in clauses[:3]]
    for pattern in (_VERSION, _SHORT_VERSION):
        for line in lines:
            if match := pattern.search(line):
                return match.group(1)
    return dict(document.properties.custom).get("Version") if document else None


def find_classification(document: Document | None, clauses: Sequence[Clause]) -> str | None:
    """The level the protocol gives to what is shared; None when it names none or the list was left unanswered."""
    own = [clause.text for clause in clauses if clause.section == "security_classification"]
    every = [clause.text for clause in clauses]
    for pattern, texts in ((_SAID, own), (_ANY_LEVEL, own), (_SAID, every)):
        for text in texts:
            if match := pattern.search(text):
                return _level(match.group(1))
    margins = (*document.headers, *document.footers) if document else ()
    marked = next((m for p in margins if (m := _ANY_LEVEL.search(p.text))), None)
    return _level(marked.group(1)) if marked else None


def start_date(clauses: Sequence[Clause], signed: Sequence[Signatory]) -> date | None:
    """When the protocol starts: as a clause says, else when the last party signed."""
    for clause in clauses:
        if (
            clause.section in ("approvals", "other", "meeting_purpose", "parties")
            and clause.cells is None
        ):
            for match in _STARTS.finditer(clause.text):
                if day := parse_date(match.group("when")):
                    return day
    return max((s.date for s in signed if s.date), default=None)


def find_review(
    sections: Sequence[Section], parties: Sequence[Party], lead: str | None, start: date | None
) -> Review:
    """How often the protocol is reviewed, when next, and who starts it."""
    clauses = [c for s in sections for c in s.clauses if c.section == "review" and c.cells is None]
    sentences = [s for c in clauses for s in re.split(r"(?<=[.;])\s+", c.text)]
    timed = next((s for s in sentences if _PERIOD.search(s)), None)
    if timed is None:
        return Review(None, None, _responsible(sentences, parties, lead))
    period = _PERIOD.search(timed)
    return Review(
        re.split(r"\s+by (?=the |[A-Z])", period.group())[0].strip() if period else None,
        _due(timed, start),
        _responsible([timed, *sentences], parties, lead),
    )


def _due(sentence: str, start: date | None) -> date | None:
    if said := parse_date(sentence):
        return said
    if named := _IN_MONTH.search(sentence):
        return date(int(named.group("year")), month_number(named.group("month")), 1)
    if start is None:
        return None
    if after := _AFTER.search(sentence):
        return add_months(start, _months(after.group("count"), after.group("unit")))
    if monthly := _EACH_MONTH.search(sentence):
        month = month_number(monthly.group("month"))
        return date(start.year + (month <= start.month), month, 1)
    if every := _EVERY.search(sentence):
        if every.group("yearly"):
            return add_months(start, 12)
        count = every.group("count") or every.group("count2") or "1"
        return add_months(start, _months(count, every.group("unit") or every.group("unit2")))
    return None


def _months(count: str, unit: str) -> int:
    number = int(count) if count.isdigit() else _NUMBERS[count.casefold()]
    return number * (12 if unit.casefold().startswith("year") else 1)


def _responsible(
    sentences: Sequence[str], parties: Sequence[Party], lead: str | None
) -> str | None:
    started = [
        (sentence, begun["who"])
        for sentence in sentences
        if (begun := _STARTER.match(sentence))
        and _REVIEWS.search(sentence)
        and not _MAY.search(begun["who"])
    ]
    for sentence in sentences:
        agent = _REVIEWED_BY.search(sentence)
        if agent and (by := mentioned(agent.group("who"), parties)):
            return by[0]
        for who in (who for said, who in started if said == sentence):
            if named := mentioned(who, parties):
                return named[0]
            if lead and re.fullmatch(
                r"(?:the|our)(?:\s+(?:lead|convening|host)(?: agency| party)?)?", who, re.IGNORECASE
            ):
                return lead
    return next((someone for _, who in started if (someone := _someone(who))), None)


def _someone(who: str) -> str | None:
    """Who starts a review though no party: "the coordinator"; None for nobody in particular."""
    if len(who.split()) > 5 or who.casefold().startswith(("a ", "any ", "each ")):
        return None
    return f"t{who[1:]}" if who.startswith("The ") else who


def _level(text: str) -> str:
    plain = re.sub(r"\s", " ", text)
    return "IN-CONFIDENCE" if plain.replace("-", " ") == "IN CONFIDENCE" else plain


def _fields(front: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Labels with their values in the title block: two-column rows, columns with a header, "Label: value" lines."""
    for block in front:
        if isinstance(block, Paragraph):
            label, colon, value = block.text.partition(":")
            if colon and not is_blank(value):
                yield label.strip(), value.strip()
        elif isinstance(block, Table):
            for row in read_grid(block):
                values = list(row.cells.values())
                if len(values) == 2 and all(name.startswith("Column") for name in row.cells):
                    yield values[0].strip(" *:"), values[1].strip()
                else:
                    yield from (
                        (column, value)
                        for column, value in row.cells.items()
                        if not is_blank(value)
                    )
