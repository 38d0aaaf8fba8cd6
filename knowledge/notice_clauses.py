"""What one protocol lets a notice quote: the chat, a breach by chat, the agreed way to share, health information."""

import re
from dataclasses import dataclass

from knowledge.language import fold, sentences
from knowledge.themes import chat_breach_clause, chat_clause, theme_clauses
from protocols.model import Clause, Protocol


@dataclass(frozen=True, slots=True)
class Method:
    """The agreed way to share: a clause, and the sentence of it that says most."""

    clause: Clause
    words: str


@dataclass(frozen=True, slots=True)
class NoticeClauses:
    """Clauses a notice quotes; None where the protocol is silent. `forbidden` when one keeps it out of the chat."""

    chat: Clause | None
    breach: Clause | None
    methods: tuple[Clause, ...]
    method: Method | None
    health: Clause | None

    @property
    def forbidden(self) -> bool:
        """Whether a clause forbids personal information in the chat: then nobody shares it there on purpose."""
        return self.breach is not None or bool(self.chat and _FORBIDS.search(fold(self.chat.text)))


def notice_clauses(protocol: Protocol) -> NoticeClauses:
    """The clauses of this protocol that a notice quotes."""
    method = _method(protocol)
    methods = [clause for clause in theme_clauses(protocol, "method") if clause.section == "method"]
    if method and method.clause not in methods:
        methods = [method.clause, *methods]
    return NoticeClauses(
        chat=chat_clause(protocol),
        breach=chat_breach_clause(protocol),
        methods=tuple(methods[:2]),
        method=method,
        health=_health(protocol),
    )


_FORBIDS = re.compile(
    r"\b(not|no|never|nothing|nobody|none|only|off|without|avoid\w*|prohibit\w*|forbid\w*)\b"
)

_SPEECH = re.compile(r"\b(by voice|spoken|speaking|speak|talk|verbal(ly)?|aloud|word of mouth)\b")
_SAFE = re.compile(
    r"\b(secure|seemail|portal|workspace|password|encrypted|locked|shared (space|folder|drive)|sharepoint|file transfer)\b"
)
_SHARES = re.compile(
    r"\b(shar(es?|ed|ing)|spoken|speaking|(is|are|be) (sent|given|told)|goes?|sends?|puts?|posts?|talk)\b"
)
_WHAT = re.compile(r"\b(information|korero|details?|everything|anything|something|names|sharing)\b")
_BESIDE = re.compile(
    r"\b(not|never|no ?one|nobody|nothing|do not|cannot|unavailable|fall-?back|despite|by exception|join|chat|"
    r"paper|hard cop\w+|record\w*|screen\w*|agendas?|list|invitation\w*|paragraph|row)\b"
)


def _method(protocol: Protocol) -> Method | None:
    """The sentence that tells best how information is shared, the earliest of equals; None when none does."""
    said = [
        (_tells_how(fold(sentence)), clause, sentence)
        for clause in protocol.clauses
        if clause.section == "method" and clause.kind != "table_row"
        for sentence in sentences(clause.text)
    ]
    weight, clause, sentence = max(said, key=lambda one: one[0], default=(0.0, None, ""))
    return Method(clause, sentence.rstrip(" .;,")) if clause and weight >= 1.75 else None


def _tells_how(sentence: str) -> float:
    how = 1.5 if _SPEECH.search(sentence) else 1.25 if _SAFE.search(sentence) else 0
    if not how:
        return 0
    what = bool(_SHARES.search(sentence)) + 0.5 * bool(_WHAT.search(sentence))
    return how + what - 0.5 * len(set(_BESIDE.findall(sentence)))


_AGENCY_NAMES = re.compile(r"\bhealth (new zealand|nz)\b|\bte whatu ora\b|\bshared with: [^;]*")
_HEALTH_AGENCY = re.compile(
    r"\b(health|hauora|whatu ora|nursing|hospital|medical|clinic|ambulance)\b"
)
_HEALTH_LAW = re.compile(r"\bhipc\b|health information privacy code|\bhealth act\b")
_HEALTH_WORDS = re.compile(
    r"\b(health|diagnos\w+|medica\w+|medicines?|mental|treat(ed|ment)|injur\w+|pregnan\w+|haputanga|immunis\w+|disab\w+|"
    r"hospital|clinics?|conditions? (now )?being treated|disabling condition|therap\w+|admissions?|hauora|oranga hinengaro)\b"
)


def _health(protocol: Protocol) -> Clause | None:
    """The clause that says most about health information, rows of the sharing rules before others."""
    givers = {rule.clause: rule.agency for rule in protocol.rules}
    weighed = [
        (_on_health(clause, givers.get(clause.cite)), clause)
        for clause in protocol.clauses
        if clause.section == "information_shared" or clause.cite in givers
    ]
    weight, clause = max(weighed, key=lambda one: one[0], default=(0.0, None))
    return clause if weight >= 2 else None


def _on_health(clause: Clause, giver: str | None) -> float:
    text = _AGENCY_NAMES.sub(" ", fold(clause.text))
    words = min(len(set(_HEALTH_WORDS.findall(text))), 3)
    by_health = bool(giver and _HEALTH_AGENCY.search(fold(giver)))
    return words + bool(_HEALTH_LAW.search(text)) + by_health
