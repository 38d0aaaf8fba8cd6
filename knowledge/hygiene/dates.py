"""Dates of birth: a date with a word for birth, or beside a name in a list."""

import re
from collections.abc import Iterator

from knowledge.hygiene.evidence import Candidate, distance, words

_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|hanuere|pepuere|maehe|aperira|mei|hune|hurae|akuhata|hepetema|oketopa|noema|tihema"
    r"|kohi-?tatea|hui-?tanguru|poutu-?te-?rangi|paenga-?whawha|haratua|pipiri|hongongoi|here-?turi-?koka|mahuru"
    r"|whiringa-?a-?nuku|whiringa-?a-?rangi|hakihea"
    r"|ianuari|fepuari|mati|apelila|iuni|iulai|aokuso|setema|oketopa|novema|tesema|sanuali|fepueli|ma'asi|epeleli|siune|siulai|sepitema|okatopa"
)  # fmt: skip
_ORDINALS = (
    r"(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEARS = (
    r"(?:nineteen|twenty|two thousand)(?: and)?(?:[ -](?:oh|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[ -]?(?:one|two|three|four|five|six|seven|eight|nine)?)){1,2}"
)
_DATE = re.compile(
    r"(?<![\w/.$-])(?:"
    r"(?:0?[1-9]|[12]\d|3[01])\s?[/.\-]\s?(?:0?[1-9]|1[0-2])\s?[/.\-]\s?(?:(?:19|20)?\d\d)"
    r"|(?:0?[1-9]|1[0-2])[/.](?:1[3-9]|2\d|3[01])[/.](?:(?:19|20)?\d\d)"
    r"|(?:19|20)\d\d[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|(?:the )?(?:{_ORDINALS}))[\s\-](?:of )?(?:o )?(?:{_MONTHS})\.?,?(?:[\s\-]+(?:'?\d\d|(?:19|20)\d\d|(?:{_YEARS})))?"
    rf"|(?:{_MONTHS})\.? (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:,? (?:'?\d\d|(?:19|20)\d\d))?"
    r")(?![\w/]|-\d|\.\d)",
    re.IGNORECASE,
)  # fmt: skip
_COMPACT = re.compile(
    r"(?<![\w/.$-])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)?\d\d)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w/.-])"
)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(rf"\d{{4}}|\d\d$|'\d\d$|{_YEARS}$", re.IGNORECASE)
BIRTH = words(
    r"d\.?o\.?b\.?s?", r"date of birth", r"birth ?dates?", r"b'?days?", r"birth ?days?", r"born", r"b\.", r"birth certificate", r"turn(?:s|ed|ing) \d+(?: on)?", r"turn(?:s|ed|ing)",
    r"arrived", r"whanau mai", r"i whanau", r"ra whanau", r"ra huritau", r"huritau", r"aso fanau", r"fanau", r"'aho fa'ele'i", r"ddmmyy(?:yy)?", r"yymmdd", r"delivered", r"aged?",
)  # fmt: skip
_CONTRADICTED = words(
    r"baby due",
    r"due date",
    r"happy birthday",
    r"policy born",
    r"arrived (?:by|in the) (?:mail|post)",
)
_MAKES = re.compile(
    r"\b(?:makes|puts|has|got|have) (?:him|her|them)(?: (?:as|at|down as))?\s*$", re.IGNORECASE
)


def find_birth_dates(text: str) -> Iterator[Candidate]:
    """Dates that a birth word, a heading or a pronoun makes somebody's; bare dates stay far below the threshold."""
    if not _DIGIT.search(text) and not BIRTH.search(text):
        return
    for found in _DATE.finditer(text):
        yield _weigh(text, *found.span(), full=_YEAR.search(found[0]) is not None)
    for found in _COMPACT.finditer(text):
        candidate = _weigh(text, *found.span(), full=True)
        if candidate.rule != "date":
            yield candidate


def _weigh(text: str, start: int, end: int, *, full: bool) -> Candidate:
    near = distance(BIRTH, text, start, end)
    if near is not None and not _CONTRADICTED.search(text):
        return Candidate(
            "date_of_birth",
            start,
            end,
            round((0.96 if full else 0.75) - near / 400, 3),
            "birth_cue",
        )
    if full and _MAKES.search(text[max(0, start - 30) : start]):
        return Candidate("date_of_birth", start, end, 0.75, "age_cue")
    return Candidate("date_of_birth", start, end, 0.3 if full else 0.1, "date")
