"""Signals from which two judgements are learned: does the first clause answer, and with what outcome."""

import math
import re
from collections.abc import Mapping, Set

import numpy as np

from knowledge.agencies import Agency
from knowledge.bank import OUTCOMES, Numbers
from knowledge.language import fold, sentences
from knowledge.matching import SIGNALS, Matcher
from knowledge.questions import Asked, cues, pieces
from protocols.model import Clause

SHAPES = (
    "permission",
    "duty",
    "who",
    "when",
    "how",
    "what",
    "negated",
    "first",
    "about_person",
    "receiving",
    "condition",
)
CLAUSE_CUES = ("forbids", "permits", "conditions", "exception", "must")
_CONSENT = re.compile(r"authoris|11\(1\)\(c\)|11\(1\)\(b\)|consent|agree", re.IGNORECASE)


def asked_signals(asked: Asked) -> dict[str, float]:
    shapes = {f"shape {name}": float(name in asked.shape) for name in SHAPES}
    opening = asked.tokens[0] if asked.tokens else ""
    return {
        **shapes,
        "opens can": float(opening in ("can", "could", "may")),
        "opens is": float(opening in ("is", "are", "am")),
        "opens do": float(opening in ("do", "does", "did", "have", "has")),
        "opens wh": float(opening in ("who", "what", "when", "where", "how", "why", "which")),
        "ok": float(bool({"ok", "allowed", "fine"} & set(asked.tokens))),
        "only wh": float(not asked.is_permission and bool(asked.shape & {"who", "when", "how", "what"})),
        "length": min(len(asked.tokens), 30) / 30,
    }  # fmt: skip


def confidence_signals(
    matcher: Matcher, asked: Asked, table: Numbers, scores: Numbers, vector: Numbers | None
) -> dict[str, float]:
    """What tells whether the best clause answers at all."""
    order = np.argsort(-scores, kind="stable")
    best = int(order[0])
    ranked = [float(scores[at]) for at in order[:5]]
    ranked += [ranked[-1]] * (5 - len(ranked))
    share = np.exp(scores - scores.max())
    signals = {
        "best": ranked[0], "lead": ranked[0] - ranked[1], "lead 3": ranked[0] - ranked[3],
        "share": float(1 / share.sum()),
        "strangers": float(bool(asked.strangers)),
        "parties": float(any(agency.party for agency in asked.agencies)),
        "outsiders": float(any(agency.party is None for agency in asked.agencies)),
        "outsiders unnamed": float(bool(unnamed(matcher, asked))),
        "unknown": _unknown_share(matcher, asked),
        "section " + matcher.clauses[best].section: 1.0,
    }  # fmt: skip
    for name in (
        "cosine",
        "cosine_view",
        "kind",
        "coverage",
        "overlap",
        "kind_words",
        "section",
        "agency",
        "recipient",
        "rule",
    ):
        signals[f"best {name}"] = float(table[best, SIGNALS.index(name)])
        signals[f"most {name}"] = float(table[:, SIGNALS.index(name)].max())
    signals.update(_against_silence(matcher, asked, vector))
    return {**asked_signals(asked), **signals}


def outcome_signals(
    matcher: Matcher, asked: Asked, clause: Clause, place: int, read: Mapping[str, float]
) -> dict[str, float]:
    """What tells how a clause answers; `read` are its `readings`."""
    text = matcher.said[place]
    cue = {name: float(bool(pattern.search(text))) for name, pattern in cues("clause").items()}
    listed = listing(matcher, asked, clause)
    permission, consent = float(asked.is_permission), float(bool(_CONSENT.search(clause.text)))
    limited = conditions(matcher, asked, clause)
    free = float(is_free(matcher, asked, clause))
    signals = {f"clause {name}": value for name, value in cue.items()}
    signals.update({f"asked {name}": value * permission for name, value in cue.items()})
    signals.update(read)
    signals.update({
        "listed": float(listed is True), "not listed": float(listed is False),
        "rule": float(clause.cite in matcher.rules), "rule asked": float(clause.cite in matcher.rules) * permission,
        "row": float(clause.kind == "table_row"), "item": float(clause.kind == "list_item"),
        "consent": consent, "listed consent": float(listed is True) * consent,
        "conditions": float(bool(limited)), "listed conditions": float(listed is True and bool(limited)),
        "not listed permission": float(listed is False) * permission,
        "listed free": free,
        **{f"row {name}": float(bool(pattern.search(limited))) for name, pattern in cues("clause").items()},
        "never": float(bool(re.search(r"\bnever\b", text))),
        "negated forbids": float("negated" in asked.shape) * cue["forbids"],
        "section " + clause.section: 1.0,
        "permission in " + clause.section: permission,
    })  # fmt: skip
    return {**asked_signals(asked), **signals}


def listing(matcher: Matcher, asked: Asked, clause: Clause) -> bool | None:
    """Whether a sharing clause names the recipients asked about; None when it is no such question."""
    rules = matcher.rules.get(clause.cite, ())
    parties = [agency.party for agency in asked.recipients if agency.party]
    if asked.is_for_everyone:
        parties = [*matcher.agencies.parties]
    if not rules or not parties:
        return None
    sharers = {rule.agency for rule in rules}
    others = [party for party in parties if party not in sharers]
    if not others:
        return None
    return all(any(party in rule.recipients for rule in rules) for party in others)


def unnamed(matcher: Matcher, asked: Asked) -> list[Agency]:
    """Agencies asked about that are no party and that no clause names."""
    named = {agency.spoken for parties in matcher.parties for agency in parties}
    return [a for a in asked.agencies if a.party is None and a.spoken not in named]


def _unknown_share(matcher: Matcher, asked: Asked) -> float:
    """Share of the question's longer words that the protocol never uses."""
    longer = [token for token in asked.tokens if len(token) > 3]
    return sum(token not in matcher.vocabulary for token in longer) / max(1, len(longer))


def _against_silence(matcher: Matcher, asked: Asked, vector: Numbers | None) -> dict[str, float]:
    bank = matcher.bank
    if vector is not None:
        quiet = float((bank.silence_vectors @ vector).max())
        near = float((bank.question_vectors @ vector).max())
    else:
        quiet, near = matcher.nearest_words(asked)
    return {"quiet": quiet, "near": near, "near over quiet": near - quiet}


def is_free(matcher: Matcher, asked: Asked, clause: Clause) -> bool:
    """Whether a row lists those asked about and neither its columns nor its authority set a condition."""
    authorities = [rule.legal_authority or "" for rule in matcher.rules.get(clause.cite, ())]
    return (
        clause.kind == "table_row"
        and listing(matcher, asked, clause) is True
        and not conditions(matcher, asked, clause)
        and not any(map(_CONSENT.search, authorities))
    )


def conditions(matcher: Matcher, asked: Asked, clause: Clause) -> str:
    """What the columns of a sharing row set as conditions for the recipients asked about; empty for none."""
    rules = matcher.rules.get(clause.cite, ())
    said = dict.fromkeys(rule.conditions for rule in rules if rule.conditions)
    told = {party for rule in rules for party in rule.recipients}
    return " ".join(
        fold(part)
        for text in said
        for part in sentences(text)
        if _speaks_of(matcher, asked, part, told)
    )


def _speaks_of(matcher: Matcher, asked: Asked, condition: str, told: Set[str]) -> bool:
    """Not when it names recipients, and none of those asked about: `The Council is told only if ...`."""
    mentions = matcher.agencies.mentions(pieces(condition))
    named = {mention.agency.party for mention in mentions} & told
    return not named or not asked.recipients or any(a.party in named for a in asked.recipients)


def readings(
    matcher: Matcher, place: int, asked: Asked, vector: Numbers | None
) -> dict[str, float]:
    """How the bank's nearest questions on this kind of clause were answered, and how the model reads the pair."""
    strength = matcher.bank_strength(place, asked, vector)
    top = np.argsort(-strength, kind="stable")[:8]
    weights = np.exp(12 * (strength[top] - strength[top[0]]))
    shares = np.bincount(matcher.bank.outcome_of[top], weights, minlength=len(OUTCOMES))
    votes = dict(zip(OUTCOMES, (shares / shares.sum()).tolist(), strict=True))
    meant = matcher.meant(place, vector)
    return {
        **{f"vote {name}": share for name, share in votes.items()},
        **{f"meant {name}": math.log(share + 1e-3) for name, share in meant.items()},
    }
