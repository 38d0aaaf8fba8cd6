"""Which clauses limit what another clause permits, wherever they stand."""

import re
from collections.abc import Mapping, Sequence

from protocols.model import Clause, Protocol, SharingRule

MOST = 3
_TABLE = r"(?:Table|Schedule|Annex|Appendix) [A-Z\d]+"
_UNIT = r"(?:rows?|items?|lines?)"
_REFERENCE = re.compile(
    r"\b(?:clauses?|paragraphs?|section|rule|part)\s+([A-Z]?\d+(?:\.\d+)*(?:\([a-z]+\))*)|"
    rf"\b({_TABLE})(?:, |\s+){_UNIT} (\d+)(?:(?:,| and| or| to) (?:{_UNIT} )?(\d+))?|"
    rf"\b{_UNIT} (\d+)(?:(?:,| and| or| to) (\d+))?(?: (?:of|in) (?:the )?({_TABLE}))?|"
    r"\b([A-Z]\d+(?:\([a-z]\))?)\b"
)
"""A clause, a row by its table ("Table 2, row 7", "items 4 and 12 of Schedule 2"), a row of the sharing table."""
_ROW = re.compile(r"(?P<table>.+), (?:row|item|line) (?P<at>\d+)")
_LIMITS = re.compile(
    r"\b(despite|except\w*|in spite|does not apply|do not apply|not|never|only|unless|no one|nobody|instead)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(no|none|however|but|without|until|if|where|when)\b", re.IGNORECASE)
_THREAT = re.compile(r"serious threat|immediate danger|\b111\b", re.IGNORECASE)
_DUTIES = ("transparency", "legal_authority")
_SECTION_66C = re.compile(r"66C|\b66c\b")
_SECTION_20 = re.compile(r"[Ss]ection 20\b|\bs ?20\b")


def limits(sentence: str) -> bool:
    """Whether it says not, only, except, however, if: then it must be read with what it limits."""
    return bool(_LIMITS.search(sentence) or _TURNS.search(sentence))


class Limits:
    """The protocol's cross-references and duties, read once."""

    def __init__(self, protocol: Protocol, rules: Mapping[str, Sequence[SharingRule]]) -> None:
        self._clauses = protocol.clauses
        self._rules = rules
        self._numbers = {c.number: c.cite for c in self._clauses if c.number}
        placed = [(c, _ROW.fullmatch(c.number or "")) for c in self._clauses]
        self._rows = {row["at"]: c.cite for c, row in placed if row and c.cite in rules}
        self._placed = {(row["table"], row["at"]): c.cite for c, row in placed if row}
        self._limiting: dict[str, list[Clause]] = {}
        for clause in self._clauses:
            if _LIMITS.search(clause.text):
                for cite in self._referred(clause):
                    self._limiting.setdefault(cite, []).append(clause)
        threats = [c for c in self._clauses if _THREAT.search(c.text)]
        self.threat = max(threats, key=_threat_weight, default=None)

    def on(self, clause: Clause, quoted: Sequence[Clause]) -> tuple[Clause, ...]:
        """Clauses that name this one and limit it, then the duties that come with its authority."""
        found = [*self._limiting.get(clause.cite, ()), *self._duties(clause)]
        kept = {c.cite: c for c in found if c not in quoted and c.cite != clause.cite}
        return tuple(kept.values())[:MOST]

    def _referred(self, clause: Clause) -> list[str]:
        cites = []
        for match in _REFERENCE.finditer(clause.text):
            number, table, row, also, bare, second, after, letter = match.groups()
            rows = [at for at in (row, also, bare, second) if at]
            if table := table or after:
                cites += [self._placed[table, at] for at in rows if (table, at) in self._placed]
            elif rows:
                cites += [self._rows[at] for at in rows if at in self._rows]
            elif (name := number or letter) in self._numbers:
                cites.append(self._numbers[name])
        return [cite for cite in cites if cite != clause.cite]

    def _duties(self, clause: Clause) -> list[Clause]:
        rules = self._rules.get(clause.cite, ())
        authority = " ".join(rule.legal_authority or "" for rule in rules)
        for pattern in (_SECTION_66C, _SECTION_20):
            if pattern.search(authority):
                return [
                    c for c in self._clauses if c.section in _DUTIES[:1] and pattern.search(c.text)
                ][:1]
        return []


def _threat_weight(clause: Clause) -> tuple[bool, bool, int]:
    text = clause.text
    return (
        clause.section in ("legal_authority", "information_shared"),
        "serious threat" in text,
        len(_THREAT.findall(text)),
    )
