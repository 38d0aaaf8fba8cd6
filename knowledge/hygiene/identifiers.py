"""Numbers that agencies and banks give to people: shape first, check digit second, the words around last.

Shapes and check digits: HISO 10046 (NHI, modulus 11 and 23), Inland Revenue's 2026 specification (IRD up to
200,000,000), the banks' register (python-stdnum), Luhn. A shape without a public check digit needs a cue.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from idnumbers.nationalid.NZL import InlandRevenueDepartmentNumber, NationalHealthIndexNumber
from stdnum import luhn
from stdnum.nz import bankaccount

from knowledge.hygiene.evidence import Candidate, against, distance, words
from knowledge.hygiene.finding import Kind
from knowledge.hygiene.policy import COUNTERED, NO_CUE

_DIGIT = re.compile(r"\d")
_NOT_A_PERSON = words(
    r"invoices?", r"inv\.?", r"cost cent(?:re|er)s?", r"budget(?: line)?", r"p\.?o\.?(?: number| no\.?)?(?= ?#?\d|:| number)",
    r"purchase order", r"tracking(?: no\.?| number)?", r"courier", r"asset(?: tag)?", r"flight", r"flying", r"course(?: code)?",
    r"paper code", r"template", r"ticket", r"helpdesk", r"help desk", r"meeting id", r"conf(?:erence)? id", r"webinar",
    r"passcode", r"contract", r"agreement", r"print(?:er)? code", r"booking(?:s)?(?: ref)?", r"batch", r"serial(?: no\.?)?",
    r"version", r"doc(?:ument)? ref", r"(?:ref )?doc(?:ument)?", r"dial[ -]?in", r"gl code", r"charge code", r"project code", r"code is", r"quote", r"vendor",
    r"supplier", r"charity(?: no\.?| number)?", r"gst(?: no\.?| number)?", r"nzbn", r"org(?:anisation)? (?:id|number)", r"model",
    r"room booking", r"licen[cs]e key", r"wifi", r"wi-fi", r"pin", r"order(?: no\.?| number)", r"part no\.?", r"isbn",
    r"grant agreement", r"panui", r"job code", r"extension", r"parking", r"fleet", r"form(?: no\.?| number)", r"pool car", r"unit standard",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One kind of number; each confidence says what warns: bare, checked, with a cue, with both."""

    kind: Kind
    rule: str
    shape: re.Pattern[str]
    cue: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    checked: float = NO_CUE
    cued: float = 0.9
    both: float = 0.98


def find_identifiers(text: str) -> Iterator[Candidate]:
    """Candidates of every recogniser in the folded text, overlapping ones included."""
    if not _DIGIT.search(text):
        return
    counters: dict[tuple[int, int], int | None] = {}
    for recogniser in RECOGNISERS:
        for found in recogniser.shape.finditer(text):
            start, end = found.span("value") if "value" in found.re.groupindex else found.span()
            if (start, end) not in counters:
                counters[start, end] = against(_NOT_A_PERSON, text, start, end)
            yield _weigh(recogniser, text, start, end, counters[start, end])


def _weigh(
    recogniser: Recogniser, text: str, start: int, end: int, counter: int | None
) -> Candidate:
    """`counter` is how near a word stands that explains the number as nobody's."""
    near = distance(recogniser.cue, text, start, end)
    valid = recogniser.check is not None and recogniser.check(text[start:end])
    if near is not None and (counter is None or near < counter):
        confidence = (recogniser.both if valid else recogniser.cued) - near / 1000
        rule = f"{recogniser.rule}+cue" + ("+check" if valid else "")
    else:
        confidence = recogniser.checked if valid else NO_CUE
        confidence = COUNTERED if counter is not None else confidence
        rule = recogniser.rule + ("+check" if valid else "")
    return Candidate(recogniser.kind, start, end, round(confidence, 3), rule)


def _nhi(value: str) -> bool:
    compact = re.sub(r"[\s-]", "", value)
    return bool(NationalHealthIndexNumber.validate(compact.upper()))


def _nhi_as_printed(value: str) -> bool:
    return value.isupper() and _nhi(value)


def _ird(value: str) -> bool:
    return bool(InlandRevenueDepartmentNumber.validate(re.sub(r"\D", "", value)))


def _bank(value: str) -> bool:
    parts = re.findall(r"\d+", value)
    if len(parts) == 4:
        parts[1] = parts[1].zfill(4)
    return bool(bankaccount.is_valid("".join(parts)))


def _card(value: str) -> bool:
    digits = re.sub(r"\D", "", value)
    return re.match(r"3[47]|4|5[1-5]|2[2-7]|6(?:011|5)|3[068]", digits) is not None and bool(
        luhn.is_valid(digits)
    )


_NHI_CUE = words(
    r"nhis?", r"n\.h\.i\.?", r"health (?:number|index|no\.?|id)", r"hospital (?:number|no\.?)", r"patient (?:number|id)",
    r"ED", r"ward", r"gp", r"clinic", r"discharge[d]?", r"imms?", r"immunisations?", r"mmr", r"admitted", r"admission",
    r"enrolment with a gp", r"can health", r"could health", r"health (?:pull|look|check)", r"hauora", r"new[ -](?:style|format)",
    r"pae ora", r"midwife", r"paeds?", r"camhs", r"patient", r"dhb", r"te whatu ora", r"nama hauora", r"health record",
)  # fmt: skip
_IRD_CUE = words(
    r"ird(?:s|'s)?", r"ir(?: no\.?| number| num| #)?", r"inland revenue", r"tax (?:no\.?|num(?:ber)?s?|id|file|credits?|code)",
    r"te tari taake", r"tari taake", r"studylink", r"student loan", r"child support", r"payslip", r"wff", r"working for families",
    r"nama taake", r"kiwisaver",
)  # fmt: skip
_BANK_CUE = words(
    r"bank(?:ing)?(?: account| acct?| acc)?", r"acc(?:oun)?t(?: no\.?| number)?", r"acc no\.?", r"westpac", r"anz", r"asb", r"bnz",
    r"kiwibank", r"tsb", r"pay(?:ing|ments?|s)?(?: in)?(?:to)?", r"paid(?: in)?(?: to|to)?", r"deposit(?:ed)?", r"refund",
    r"redirection", r"direct credit", r"bond", r"rent", r"koha", r"transfer", r"into", r"putea", r"grant",
)  # fmt: skip
_CARD_CUE = words(
    r"visa", r"master ?card", r"amex", r"american express", r"debit", r"credit", r"(?:(?:bank|eftpos|payment) )?cards?", r"exp(?:iry|ires|\.)?",
    r"cvv", r"cvc", r"card no\.?",
)  # fmt: skip
_LICENCE_CUE = words(
    r"licen[cs]e[ds]?", r"lic\.?(?: no\.?)?", r"d[/.]?l\.?", r"driver'?s?", r"driving", r"learner'?s?", r"restricted", r"full",
    r"traffic", r"edl", r"raihana", r"disqualified", r"disq",
)  # fmt: skip
_PASSPORT_CUE = words(
    r"passports?",
    r"ppt",
    r"pp",
    r"travel doc(?:ument)?s?",
    r"uruwhenua",
    r"border(?: alert)?",
    r"pasipoti",
    r"visa (?:no|number)",
)
_PLATE_CUE = words(
    r"rego(?:s|'s)?", r"registration", r"plates?", r"number ?plates?", r"personalised(?: plate)?", r"ute", r"car", r"vehicle", r"van", r"wagon",
    r"driv(?:es?|ing)", r"hilux", r"corolla", r"demio", r"aqua", r"yaris", r"mazda", r"toyota", r"nissan", r"subaru", r"legacy", r"impreza",
    r"ford", r"ranger", r"holden", r"commodore", r"honda", r"mitsi", r"mitsubishi", r"triton", r"navara", r"suzuki", r"swift", r"bmw", r"audi",
    r"prius", r"tiida", r"falcon", r"motorbike", r"bike", r"sedan", r"hatchback", r"suv", r"parked", r"waka", r"truck", r"hanging (?:round|around)",
    r"outside", r"watch for", r"pulled up", r"stopped in", r"seen", r"hyundai", r"kia (?:rio|sportage|cerato)", r"vw", r"golf", r"skyline",
)  # fmt: skip
_NSN_CUE = words(
    r"nsns?", r"national student (?:no\.?|number|id)", r"student (?:no\.?|number|id)", r"enrol", r"under", r"nama akonga", r"kamar", r"moe", r"attending", r"look(?:ed)? up", r"roll",
)  # fmt: skip
_CLIENT_CUE = words(
    r"swns?", r"s\.w\.n\.?", r"social welfare(?: no\.?| number)?", r"(?:winz|msd|w&i|work and income|client|benefit|customer)(?: (?:no\.?|num(?:ber)?|id|#|ref))",
    r"(?:winz|msd)(?: client)?(?: (?:no\.?|number|id|#))?", r"client", r"nama kiritaki", r"studylink id",
)  # fmt: skip
_PRN_CUE = words(
    r"prns?", r"p\.r\.n\.?", r"person record(?: no\.?| number)?", r"corrections (?:no\.?|number|id)", r"ioms(?: id| no\.?)?", r"offender (?:id|no\.?|number)",
)  # fmt: skip
_OT_CUE = words(
    r"cyras(?: (?:id|no\.?|number))?",
    r"cyfs?(?: (?:id|no\.?))?",
    r"ot (?:id|no\.?|number|client|person)",
    r"person id",
    r"cyra",
)
_HOUSING_CUE = words(
    r"tenanc(?:y|ies)(?: (?:no\.?|number|ref|id))?", r"tenant (?:no\.?|id|number|ref)", r"kainga ora", r"ko (?:ref|tenancy|no\.?)", r"housing (?:register|ref|application|no\.?)",
    r"rent (?:ref|account)", r"application (?:no\.?|number|ref)",
)  # fmt: skip
_ACC_CUE = words(
    r"acc(?: claim| case| ref)?(?: no\.?| number| id)?",
    r"acc45",
    r"claim(?: no\.?| number| id)?",
    r"visa application",
    r"inz(?: client)?(?: no\.?| number| id)?",
    r"client id",
    r"medical (?:no\.?|number)",
    r"uci",
)
_FILE_CUE = words(
    r"rocs?(?: (?:no\.?|number|id|ref))?", r"intake(?: (?:no\.?|number|id))?", r"fvirs?", r"fv (?:report|notification)", r"family (?:harm|violence) (?:report|event|notification)", r"police (?:file|event|job|ref)(?: no\.?| number)?",
    r"(?:case|file|incident|event|occurrence|complaint) (?:no\.?|num(?:ber)?|id|ref|#)", r"report of concern", r"fvir",
)  # fmt: skip
_CASE_CUE = words(
    r"case(?: ref| no\.?| number| id| file)?", r"file(?: no\.?| number)?", r"ref(?:erence)?(?: no\.?)?", r"event(?: no\.?| number)?", r"police", r"court",
    r"rocs?", r"report of concern", r"fss", r"pol ?\d+", r"fvir?", r"family harm", r"charge[sd]?", r"crn", r"tribunal", r"order", r"intake", r"incident",
    r"hearing", r"appearance", r"callout", r"nia", r"matter", r"youth aid", r"fgc", r"link to", r"complaint", r"kotareti", r"occurrence", r"job", r"docket", r"doc no\.?",
)  # fmt: skip
_ANY = r"(?<![A-Za-z0-9])(?<!\d[ -])"
_END = r"(?![A-Za-z0-9])"
_LETTER = "[A-HJ-NP-Za-hj-np-z]"

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "nhi", "nhi", re.compile(rf"{_ANY}{_LETTER} ?{_LETTER} ?{_LETTER}[ -]?\d ?\d ?(?:\d ?\d|{_LETTER} ?{_LETTER}){_END}"),
        _NHI_CUE, _nhi, checked=NO_CUE, cued=0.62,
    ),
    Recogniser(
        "nhi", "nhi", re.compile(rf"{_ANY}[A-HJ-NP-Z]{{3}}\d\d(?:\d\d|[A-HJ-NP-Z]{{2}}){_END}"),
        _NHI_CUE, _nhi_as_printed, checked=0.75, cued=0.62,
    ),
    Recogniser(
        "nhi", "nhi", re.compile(rf"{_ANY}[A-HJ-NP-Z]{{3}}[ -](?!19|20)\d\d(?:\d\d|[ -]?[A-HJ-NP-Z]{{2}}){_END}"),
        _NHI_CUE, _nhi_as_printed, checked=0.63, cued=0.62,
    ),
    Recogniser(
        "ird", "ird", re.compile(rf"{_ANY}0?\d{{2,3}}[ .\-]?\d{{3}}[ .\-]?\d{{3}}{_END}"),
        _IRD_CUE, _ird, checked=0.4, cued=0.65,
    ),
    Recogniser(
        "bank_account", "bank", re.compile(rf"{_ANY}\d\d[ \-./]?\d{{3,4}}[ \-./]?\d{{7}}[ \-./]?\d{{2,3}}{_END}"),
        _BANK_CUE, _bank, checked=0.9, cued=0.7,
    ),
    Recogniser(
        "payment_card", "card", re.compile(rf"{_ANY}(?:\d{{4}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{4}}|3\d{{3}}[ -]?\d{{6}}[ -]?\d{{5}}|\d{{13,19}}){_END}"),
        _CARD_CUE, _card, checked=0.8, cued=0.62,
    ),
    Recogniser("driver_licence", "licence", re.compile(rf"{_ANY}[A-Za-z]{{2}}[ -]?\d{{3}}[ -]?\d{{3}}{_END}"), _LICENCE_CUE),
    Recogniser("passport", "passport", re.compile(rf"{_ANY}[A-Za-z]{{1,2}}[ -]?\d{{3}}[ -]?\d{{3,4}}[A-Za-z]?{_END}"), _PASSPORT_CUE, cued=0.92),
    Recogniser("passport", "passport", re.compile(rf"{_ANY}\d{{9}}{_END}"), _PASSPORT_CUE, cued=0.75),
    Recogniser(
        "vehicle_plate", "plate",
        re.compile(rf"{_ANY}(?!\d+{_END})(?:[A-Za-z]{{3}}[ -]?\d{{2,3}}|[A-Z]{{2}}[ -]?\d{{3,4}}|\d{{2,3}}[A-Z]{{1,2}}\d{{0,2}})(?!'|-\d){_END}"),
        _PLATE_CUE, cued=0.85,
    ),
    Recogniser(
        "vehicle_plate", "plate_personalised",
        re.compile(r"(?:rego|plates?|personalised)(?: (?:plate|no\.?|number|is|was|of|on|reads?|the))*[ :,=#-]+(?:(?:is|was|reads?) )?(?P<value>(?=[A-Z0-9]*[A-Z])[A-Z0-9]{3,6})(?![A-Za-z0-9])"),
        words("rego", "plates?", "personalised"), cued=0.85,
    ),
    Recogniser("nsn", "nsn", re.compile(rf"{_ANY}\d{{3,4}}[ -]?\d{{2,3}}[ -]?\d{{3,4}}{_END}"), _NSN_CUE, cued=0.93),
    Recogniser("client_number", "swn", re.compile(rf"{_ANY}\d{{3}}[ .\-]?\d{{3}}[ .\-]?\d{{3}}{_END}"), _CLIENT_CUE, cued=0.93),
    Recogniser("client_number", "prn", re.compile(r"(?<!\d)(?<!\d[ -])\d{3,5}[ -]?\d{3,4}(?![A-Za-z0-9]|[ -]\d)"), _PRN_CUE, cued=0.93),
    Recogniser("client_number", "ot", re.compile(rf"{_ANY}\d{{3,4}}[ -]?\d{{3,4}}{_END}"), _OT_CUE, cued=0.93),
    Recogniser("client_number", "tenancy", re.compile(rf"{_ANY}[A-Z]{{0,2}}[ -]?\d{{6,9}}{_END}"), _HOUSING_CUE, cued=0.91),
    Recogniser("client_number", "claim", re.compile(rf"{_ANY}(?:[A-Z]{{1,2}}[ -]?)?\d{{5,8}}(?:[/-]\d{{2,3}})?{_END}|{_ANY}1\d{{10}}{_END}"), _ACC_CUE, cued=0.85),
    Recogniser("case_reference", "court_file", re.compile(rf"{_ANY}(?:FAM|CRI|CIV|YOU|YC|FC|DC|HC|MVC|CRN|CSU|CIR)[ -]?(?:19|20)\d\d[ -]\d{{2,3}}[ -]\d{{3,6}}{_END}", re.IGNORECASE), _CASE_CUE, lambda _: True, checked=0.9),
    Recogniser("case_reference", "police_file", re.compile(rf"{_ANY}\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])/\d{{3,4}}{_END}"), _CASE_CUE, lambda _: True, checked=0.85),
    Recogniser("case_reference", "police_event", re.compile(rf"{_ANY}P ?0\d{{7,8}}{_END}"), _CASE_CUE, lambda _: True, checked=0.8),
    Recogniser("case_reference", "reference", re.compile(rf"{_ANY}[A-Z]{{1,5}}[- ]?(?:(?:19|20)\d\d[-/ ]?)?\d{{3,10}}{_END}"), _CASE_CUE, cued=0.78),
    Recogniser("case_reference", "reference", re.compile(rf"{_ANY}[A-Z]{{2,5}}[-/](?:19|20)\d\d[-/]\d{{2,6}}{_END}"), _CASE_CUE, cued=0.85, checked=0.5, check=lambda _: True),
    Recogniser("case_reference", "file_number", re.compile(rf"{_ANY}\d{{5,10}}{_END}"), _FILE_CUE, cued=0.82),
    Recogniser("case_reference", "crn", re.compile(r"(?<![A-Za-z])(?:crn|charging doc(?:ument)?|charge no\.?)[ :#]*(?P<value>\d{10,11})(?!\d)", re.IGNORECASE), _CASE_CUE),
)  # fmt: skip
