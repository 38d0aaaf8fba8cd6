"""Where a person lives: street, unit, rural delivery, box and motel addresses; offices and venues are not personal."""

import re
from collections.abc import Iterator

from knowledge.hygiene.evidence import Candidate, countered, words

_TYPE = (
    r"street|str?|road|rd|avenue|ave?|crescent|cres|cr|place|pl|drive|dr|drv|terrace|tce|lane|ln|way|close|cl|court|ct|grove|gr|parade|pde|rise|highway|hwy|quay|esplanade|boulevard|blvd|"
    r"heights|hts|loop|track|square|sq|view|mews|glade|ridge|row|walk|vale|glen|green|gardens|hill|line|valley road|spur|circle|park|point|bay road|strand|mall|wharf|common|dell|downs|"
    r"huarahi|ara|tiriti"
)
_SURE = r"street|st|road|rd|avenue|ave|crescent|cres|place|pl|drive|dr(?!\.? [A-Za-z])|terrace|tce|lane|grove|parade|pde|highway|close|rise|quay"
_NAME = r"(?:[A-Za-z][\w'\-]*\.? ){0,2}?[A-Za-z][\w'\-]*"
_UNIT = r"(?:(?:flat|unit|apt|apartment|villa|whare|room|rm|cabin|site|lot|suite|level|block) ?\d*[A-Za-z]?\s?[,/]?\s?(?:- )?)"
_WORDED = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[ -]?(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER = rf"(?:(?i:number (?:{_WORDED}))|(?i:{_WORDED})(?= [A-Z])|\d{{1,5}}\s?[A-Za-z]?(?:\s?/\s?\d{{1,5}}\s?[A-Za-z]?)?(?:-\d{{1,4}})?)"
_TAIL = r"(?:(?:,\s?(?=[A-Z0-9])|\s(?=[A-Z]))(?:[A-Z][\w'\-]+|RD ?\d+)(?: (?:[A-Z][\w'\-]+|RD ?\d+)){0,2})*(?:,? ?\d{4}(?!\d))?"
_STREET = re.compile(
    rf"(?<![\w/.:#$-])(?P<value>(?:RD ?\d+,? )?(?i:{_UNIT})?{_NUMBER}\s(?!(?i:is|are|was|were|families|people|kids|of|in|to|and|or|at|on|from|for|the|a|by|with|per|am|pm|days?|weeks?|wks?|hours?|hrs?|mins?|minutes|months?|years?|yrs?|kids|km|min)\b)(?:(?:(?:[A-Z][\w'\-]*\.?|(?i:te|o|nga|the|old|new|upper|lower|great|st)) ){{1,4}}(?i:{_TYPE})|(?i:{_NAME} (?:{_SURE})))(?![\w']|-\w){_TAIL})"
    rf"|(?<![\w/.:#$-])(?P<whare>{_NUMBER} (?:(?i:te )?[A-Z][\w'\-]+ ){{1,2}}(?=ave|st|rd|pl)(?i:{_TYPE})\b)"
    rf"|(?<![\w])(?P<the>\d{{1,4}}[A-Za-z]? The (?:Strand|Esplanade|Terrace|Parade|Crescent|Boulevard|Drive|Square|Mall|Quay|Avenue|Ridge|Rise|Glade|Close)\b{_TAIL})"
    rf"|(?<![\w])(?P<highway>\d{{1,5}} (?i:state highway|sh) ?\d{{1,2}}{_TAIL})"
    rf"|(?<![\w])(?P<rural>RD ?\d{{1,2}},? \d+ [A-Z]\w+(?: [A-Z]\w+)*{_TAIL})"
    rf"|(?<![\w])(?P<box>(?i:p\.?o\.? ?box|private bag) ?\d[\d \-]*\d{_TAIL})"
    rf"|(?<![\w])(?P<motel>(?:(?i:room|rm|unit|cabin|site) ?\d+[A-Za-z]?,? (?:at )?(?:the )?)(?:[A-Z][\w'\-]+ )+(?i:motels?|motor lodge|lodge|backpackers|holiday park|camp(?:ground|ing ground)?|hotel|inn|caravan park|marae){_TAIL})"
    rf"|(?<![\w])(?P<motel_after>(?:[A-Z][\w'\-]+ )+(?i:motel|motor lodge|lodge|backpackers|holiday park|hotel|caravan park)(?:, {_NUMBER} {_NAME} (?i:{_TYPE})\b)?,? (?i:room|rm|unit|cabin|site) ?\d+[A-Za-z]?)"
)
_OFFICE = words(
    r"offices?", r"venue", r"reception", r"service centre", r"courier", r"freepost", r"hui(?:'s)?(?: is)? at", r"meet(?:ing)?(?:'s)? (?:is )?(?:at|outside|in)", r"boardroom", r"hall", r"front counter", r"level \d", r"l\d",
    r"station", r"court ?house", r"library", r"our (?:new )?(?:building|place|address)", r"parking", r"head office", r"school", r"kura", r"clinic", r"hub", r"training(?:'s)?", r"workshop", r"post(?:al)? (?:the )?(?:forms?|address)", r"send (?:the )?forms", r"forms", r"centre", r"marae", r"church",
    r"head ?quarters", r"hq", r"community (?:house|room)", r"drop[- ]in", r"rooms", r"showroom", r"surgery", r"gym", r"catering", r"lunch", r"cafe", r"depot", r"warehouse", r"floor",
)  # fmt: skip
_PERSONAL = words(
    r"liv(?:es?|ing|ed)", r"stay(?:s|ing|ed)?", r"moved?", r"shifted", r"crash(?:es|ing)?", r"bail(?:ed)?", r"tenants?", r"tenancy", r"home", r"whare", r"nan'?s?", r"nana'?s?", r"koro'?s?", r"mum'?s?", r"dad'?s?", r"mothers?", r"fathers?", r"parents?", r"caregivers?", r"aunt(?:y|ie)'?s?", r"uncle'?s?",
    r"he'?s?", r"she'?s?", r"they'?(?:re|ve)?", r"his", r"her", r"their", r"him", r"police went", r"called 111", r"callout", r"address", r"kainga", r"noho", r"safe", r"parcel", r"visit(?:s|ed)?", r"welfare check", r"sister'?s?", r"brother'?s?", r"kids", r"whanau", r"partner'?s?", r"dog", r"flat", r"release", r"curfew",
    r"house", r"evict(?:ed|ion)", r"boarding", r"renting", r"emergency housing", r"kei", r"pick (?:him|her|them|the kids) up",
)  # fmt: skip


def find_addresses(text: str) -> Iterator[Candidate]:
    """Addresses in the folded text; one that an office or venue word explains stays below the threshold."""
    for found in _STREET.finditer(text):
        group = found.lastgroup or "value"
        start, end = found.span(group)
        yield Candidate(
            "address", start, end, _confidence(text, start, end, group), f"address_{group}"
        )


def _confidence(text: str, start: int, end: int, group: str) -> float:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    around = text[line_start:start] + " " + text[end : line_end if line_end > 0 else len(text)]
    personal = _PERSONAL.search(around) is not None
    office = countered(_OFFICE, text, start, end) or (
        _OFFICE.search(text[start:end]) is not None and group == "value"
    )
    if office and not (personal and group.startswith("motel")):
        return 0.55 if personal else 0.25
    if group == "box":
        return 0.8 if personal else 0.45
    return 0.95 if personal else 0.78
