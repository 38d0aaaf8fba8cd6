"""Ways to reach a person: telephone, e-mail and social media; an agency's own are not personal."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from phonenumbers import PhoneNumberType

from knowledge.hygiene.alternatives import by_initial, split
from knowledge.hygiene.evidence import Candidate, countered, distance, words

_PHONE = re.compile(r"(?<![\w/@.#-])(?:\+|00)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}(?![\w/@]|[.-]\d)")
_PHONE_CUE = words(
    r"ph(?:one)?s?", r"cells?(?:phone)?", r"mob(?:ile)?s?", r"(?:home|land) ?line", r"tel(?:ephone)?", r"te?xts?", r"txting", r"ring(?:ing)?", r"rang", r"call(?:s|ed|ing)?",
    r"whatsapp", r"viber", r"signal", r"voicemail", r"num(?:ber)?s?", r"no\.?", r"nos", r"contact", r"reach", r"answers?", r"waea", r"nama waea", r"telefoni", r"dial(?:led)?",
    r"mum'?s?", r"dad'?s?", r"nan'?s?", r"aunty'?s?", r"(?:his|her|their|he|she|they)", r"try", r"get hold of",
)  # fmt: skip
_AGENCY_PHONE = words(
    r"help ?lines?", r"crisis ?line", r"info(?:rmation)? line", r"healthline", r"youthline", r"lifeline", r"samaritans", r"plunketline", r"conf(?:erence)?(?: id)?", r"dial[ -]?in",
    r"ext(?:ension)?\.?", r"help ?desk", r"reception", r"front (?:desk|counter)", r"(?:school|main|head|our|the|duty|media) office", r"office", r"switchboard", r"contact centre", r"call centre",
    r"service centre", r"duty (?:line|phone|number|desk|sw)", r"team(?:'s)? (?:phone|line|number)", r"meeting", r"(?:our|team|on[ -]?call|after[ -]?hours) (?:line|number|phone|mobile)", r"after hours", r"toll", r"ddi",
    r"desk (?:phone|line|mobile)", r"work (?:cell|phone|mobile|number|one)", r"switch", r"ward", r"clinic", r"hospital", r"station", r"school", r"kura", r"college", r"refuge line", r"24/7", r"teams", r"main line",
    r"invoice", r"tracking", r"courier", r"cost centre", r"ticket", r"asset", r"fax",
)  # fmt: skip
_OWN = re.compile(
    r"\b(?:my|our) (?:work |new |own )?(?:cell|mob(?:ile)?|phone|number|no|ddi|landline|direct|email|e-mail|one)\b|\bme on\b|\b(?:for|to) me\b",
    re.IGNORECASE,
)
_TOLL_FREE = re.compile(r"0(?:800|508|900)|1[135]\d{1,2}$")

_EMAIL = re.compile(
    r"(?<![\w.+'\-])[A-Za-z0-9][\w.+'\-]{0,63}(?:@|\s@\s|\s?\(at\)\s?|\[at\]|\{at\}|\s+at\s+)[\w\-]{1,63}(?:(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?|\s+dot\s+)[A-Za-z][\w\-]{0,63}){1,6}",
    re.IGNORECASE,
)
_ROLE_MAILBOX = re.compile(
    r"(?:^|[._+\-])(?:info|contact(?:us)?|intake|admin|referrals?|office|privacy|team|enquir(?:y|ies)|inquiries|support|help(?:desk)?|reception|duty|hello|kia-?ora|mail|post|media|accounts?|"
    r"payments?|hr|recruitment|bookings?|events?|training|feedback|complaints|no-?reply|secretary|principal|attendance|enrolments?|registry|records|service|services|safetable|fvtable|table|hui|inbox|shared|"
    r"facilitator|coordinator|roc|rocs|reports?|notifications?|security|it|data|legal|oia|ministerial|navigators?|rangatahi|whanau|hauora|clinic|ward\d*|nurse|gp|school|kura|oncall|triage|panel|sam|mam)\d*(?:$|[._+\-])",
    re.IGNORECASE,
)  # fmt: skip
_SHARED_INBOX = words(
    r"shared (?:inbox|mailbox|email)",
    r"(?:group|team|generic|central) (?:inbox|mailbox|email)",
    r"not (?:to )?(?:us|me|individuals)",
    r"rsvp",
    r"inbox",
    r"mailbox for",
)
_FREE_MAIL = re.compile(
    r"gmail|hotmail|outlook|yahoo|xtra|icloud|live\.|proton|me\.com|slingshot|orcon|vodafone|mail\.|student|windowslive|msn|aol|qq\.com|163\.com|homemail",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(r"govt\.nz|police|ot\.|\.mil\b", re.IGNORECASE)
_PERSON_CUE = words(
    r"he", r"she", r"they", r"his", r"her", r"hers", r"their", r"him", r"them", r"mum'?s?", r"dad'?s?", r"nan'?s?", r"nana'?s?", r"koro", r"uncle'?s?", r"aunt(?:y|ie)'?s?", r"parents?", r"caregivers?", r"step(?:mum|dad)", r"partner",
    r"whanau", r"kid'?s?", r"boy'?s?", r"girl'?s?", r"client'?s?", r"tenant'?s?", r"victim'?s?", r"student'?s?", r"bounced", r"mother", r"father", r"brother", r"sister", r"grandmother", r"grandfather", r"wahine", r"tane", r"tamaiti", r"ia", r"rawiri",
)  # fmt: skip

_NETWORKS = r"insta(?:gram)?|ig|snap(?:chat)?|sc|tik ?tok|discord|facebook|fb|messenger|twitter|kakao(?:talk)?|wechat|telegram|reddit|roblox|steam|xbox|psn|gamertag|threads|line id|twitch|youtube|insta story|bebo|whatsapp|be ?real|onlyfans|tinder|grindr|hinge|bumble"
_NETWORK = f"(?:{by_initial(split(_NETWORKS))})"
_LINK = re.compile(
    r"(?:(?<![\w.])|(?<=www\.))((?:facebook|fb|instagram|tiktok|snapchat|twitter|x|threads)(?:\.| dot )com(?:/| slash )(?:add/|@)?[\w.\-]+)",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<![\w.@])(@[A-Za-z_][\w.\-]*\w)(?!@|\w*\.(?:nz|com|org))", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?<![A-Za-z]){_NETWORK}(?:'?s)?(?: (?:handle|name|account|acc|user(?:name)?|profile|page|id|tag|live))*(?:(?:\s*(?:[:=\-]+|is|was|as|under|called|rn under|live as|rn as)\s*)|\s+)([A-Za-z_@][\w.]*[\d_.#][\w.#]*\w)",
    re.IGNORECASE,
)  # fmt: skip
_SOCIAL_CUE = words(
    *split(_NETWORKS),
    r"handles?",
    r"messag(?:es?|ing|ed)",
    r"msg(?:s|ing|ed)?",
    r"dms?",
    r"dming",
    r"follow(?:s|ing|ers)?",
    r"profile",
    r"posts?",
    r"posted",
    r"posting",
    r"username",
    r"account",
    r"online",
    r"live ?stream(?:ing)?",
    r"streaming",
)
_BOT = re.compile(
    r"@(?:.*bot|.*clausewise|.*helper|privacy\w*|protocol\w*|everyone|here|channel|team|all)$",
    re.IGNORECASE,
)


def find_contacts(text: str, roster_words: Sequence[str]) -> Iterator[Candidate]:
    """Telephone numbers, e-mail addresses and social handles in the folded text."""
    yield from _phones(text)
    if "@" in text or " at " in text or "(at)" in text or "[at]" in text:
        yield from _emails(text, roster_words)
    yield from _handles(text, roster_words)


_DIAL_IN = re.compile(r"\s?,{1,3}\s?\d[\d ]+#")


def _phones(text: str) -> Iterator[Candidate]:
    for found in _PHONE.finditer(text):
        kind = _phone_type(found[0])
        if kind is None:
            continue
        start, end = found.span()
        near = distance(_PHONE_CUE, text, start, end)
        confidence = _phone_confidence(found[0], kind, near is not None)
        if _DIAL_IN.match(text, end):
            continue
        if countered(_AGENCY_PHONE, text, start, end) and not _OWN_PERSON.search(text):
            confidence = min(confidence, 0.35)
        elif _OWN.search(text):
            confidence = 0.4
        yield Candidate(
            "phone", start, end, confidence, "phone+cue" if near is not None else "phone"
        )


_OWN_PERSON = words(
    r"mum'?s?",
    r"dad'?s?",
    r"nan'?s?",
    r"aunt(?:y|ie)'?s?",
    r"uncle'?s?",
    r"(?:his|her|hers|him)",
    r"he",
    r"she",
    r"caregiver'?s?",
    r"victim",
    r"tenant'?s?",
    r"partner'?s?",
    r"whanau",
    r"grandmother'?s?",
    r"grandfather'?s?",
)


def _phone_type(written: str) -> int | None:
    digits = re.sub(r"\D", "", written)
    if _TOLL_FREE.match(digits) or not (
        written.startswith(("+", "00", "(0", "0")) and 8 <= len(digits) <= 15
    ):
        return None
    try:
        number = phonenumbers.parse(written, "NZ")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_possible_number(number) else None


def _phone_confidence(written: str, kind: int, cued: bool) -> float:
    if kind == PhoneNumberType.TOLL_FREE:
        return 0.1
    if kind == PhoneNumberType.UNKNOWN:
        return (
            0.75 if cued and (written.startswith("+") or re.match(r"\(?0[2-9]", written)) else 0.3
        )
    return (
        0.92 if cued else 0.8 if kind == PhoneNumberType.MOBILE or written.startswith("+") else 0.65
    )


def _emails(text: str, roster_words: Sequence[str]) -> Iterator[Candidate]:
    for found in _EMAIL.finditer(text):
        local, domain = re.split(
            r"@|\(at\)|\[at\]|\{at\}|\s+at\s+", found[0], maxsplit=1, flags=re.IGNORECASE
        )
        start, end = found.span()
        yield Candidate(
            "email",
            start,
            end,
            _email_confidence(text, local.strip(), domain, roster_words),
            "email",
        )


def _email_confidence(text: str, local: str, domain: str, roster_words: Sequence[str]) -> float:
    personal = _PERSON_CUE.search(text) is not None
    if _FREE_MAIL.search(domain):
        return 0.4 if _OWN.search(text) and not personal else 0.95
    if _ROLE_MAILBOX.search(local.partition("+")[0]) or (
        _SHARED_INBOX.search(text) and not personal
    ):
        return 0.15
    if _of_roster(local, roster_words) or _OWN.search(text):
        return 0.3
    if _GOVERNMENT.search(domain) and not personal:
        return 0.45
    return 0.9 if personal else 0.72


def _of_roster(local: str, roster_words: Sequence[str]) -> bool:
    folded = local.lower()
    return any(len(word) > 2 and word in folded for word in roster_words)


def _handles(text: str, roster_words: Sequence[str]) -> Iterator[Candidate]:
    for found in _NAMED.finditer(text):
        yield Candidate("social_handle", *found.span(1), 0.85, "handle_named")
    if "com" in text.lower():
        for found in _LINK.finditer(text):
            yield Candidate("social_handle", *found.span(1), 0.9, "handle_link")
    for found in _AT.finditer(text) if "@" in text else ():
        if not _BOT.match(found[1]) and not _of_roster(found[1], roster_words):
            confidence = _addressed(text, *found.span(1), found[1])
            yield Candidate("social_handle", *found.span(1), confidence, "handle_at")


def _addressed(text: str, start: int, end: int, value: str) -> float:
    """How sure an @name is somebody's on a network: a network near by, or a form no colleague's mention has."""
    if distance(_SOCIAL_CUE, text, start, end) is not None:
        return 0.95
    return 0.78 if re.search(r"[\d_.]", value) else 0.3
