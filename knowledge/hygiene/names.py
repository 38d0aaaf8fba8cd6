"""Names of people spoken about, found by weighed evidence: lists, shape, the words around, who sits at the table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp

from knowledge.hygiene.evidence import Candidate
from knowledge.hygiene.figures import agencies, is_public_figure
from knowledge.hygiene.folding import fold
from knowledge.hygiene.lexicon import NAME, WORD
from knowledge.hygiene.policy import NAME_JOINS
from knowledge.hygiene.tokens import Token, evidence, is_candidate

_OTHER_SCRIPT = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\uac00-\ud7af]{2,4}|[\u0600-\u06ff]{2,}(?: [\u0600-\u06ff]{2,})*|[\u0900-\u0dff]{2,}(?: [\u0900-\u0dff]{2,})*"
)
_HASHTAG = re.compile(r"#\w*?([A-Z][a-z]+[A-Z][a-z]+)\b")
_GREETING = frozenset(
    [
        "hi",
        "hey",
        "hello",
        "kia",
        "morena",
        "morning",
        "afternoon",
        "thanks",
        "thank",
        "cheers",
        "welcome",
        "tena",
        "talofa",
        "malo",
        "mihi",
        "nau",
        "sorry",
        "happy",
        "bula",
        "namaste",
    ]
)
_WORK = frozenset(
    [
        "meeting",
        "presentation",
        "present",
        "presented",
        "slide",
        "slides",
        "screen",
        "design",
        "designs",
        "version",
        "system",
        "systems",
        "project",
        "data",
        "software",
        "website",
        "app",
        "tool",
        "tools",
        "button",
        "buttons",
        "model",
        "models",
        "budget",
        "template",
        "draft",
        "code",
        "database",
        "graph",
        "chart",
        "numbers",
        "prototype",
        "spreadsheet",
        "server",
        "laptop",
        "login",
        "document",
        "documents",
        "folder",
        "settings",
        "demo",
        "report",
        "strategy",
        "policy",
        "training",
        "logo",
        "layout",
        "option",
        "options",
        "ideas",
        "idea",
        "idea's",
        "account",
        "market",
        "product",
        "device",
        "remote",
        "speech",
        "feature",
        "features",
        "vendor",
        "plan",
        "interface",
        "paper",
        "method",
        "results",
        "result",
        "experiment",
        "language",
        "user",
        "users",
        "transcript",
        "recording",
        "annotation",
        "recognition",
        "cost",
        "price",
        "battery",
        "technology",
        "material",
        "function",
        "functions",
    ]
)
_JOIN = re.compile(r" (?:(?:van der|van|der|de la|de|al|el|bin|von|te|o) )?|, (?=[A-Z])|-|'|_")


@lru_cache(maxsize=512)
def seats(roster: tuple[str, ...]) -> Mapping[str, int]:
    """Folded words of the names at the table, each with the number of its person."""
    found: dict[str, int] = {}
    for number, name in enumerate(roster):
        named = re.split(r"\s[|(\-–]|\(", fold(name).text)[0]
        for word in re.findall(r"[a-z']+(?:-[a-z']+)*", named.lower()):
            for part in {word, *word.split("-")}:
                if len(part) > 1:
                    found.setdefault(part, number)
    return found


def find_names(
    text: str,
    read: Sequence[Token],
    at_table: Mapping[str, int],
    weights: Mapping[str, float],
    about: Sequence[str],
    structured: bool,
) -> Iterator[Candidate]:
    """Names in the folded text with how sure it is that each is somebody spoken about."""
    line = line_evidence(text, read, structured, about)
    sure = likelihoods(read, at_table, weights, line)
    yield from _joined(text, read, sure)
    for found in _OTHER_SCRIPT.finditer(text):
        yield Candidate("person_name", found.start(), found.end(), 0.75, "script")
    for found in _HASHTAG.finditer(text):
        yield Candidate("person_name", found.start(1), found.end(1), 0.7, "hashtag")


def likelihoods(
    read: Sequence[Token],
    at_table: Mapping[str, int],
    weights: Mapping[str, float],
    line: Sequence[str],
) -> dict[int, float]:
    """How sure each candidate word is a name, by its place among the tokens."""
    nobodys = _public(read) | _languages(read)
    return {
        at: 0.0 if at in nobodys else 1 / (1 + exp(-weights[""] - sum(filter(None, map(weights.get, evidence(read, at, at_table, line))))))
        for at, token in enumerate(read)
        if is_candidate(token)
    }  # fmt: skip


_LANGUAGES = frozenset(
    [
        "english",
        "maori",
        "french",
        "german",
        "dutch",
        "spanish",
        "italian",
        "portuguese",
        "russian",
        "chinese",
        "mandarin",
        "cantonese",
        "korean",
        "japanese",
        "hindi",
        "punjabi",
        "gujarati",
        "tamil",
        "urdu",
        "samoan",
        "tongan",
        "fijian",
        "niuean",
        "arabic",
        "farsi",
        "somali",
        "welsh",
        "irish",
    ]
)
_SPOKEN = frozenset(["in", "into", "speak", "speaks", "spoke", "speaking", "learns", "learning"])


def _languages(read: Sequence[Token]) -> set[int]:
    """Places of words that are languages here and may be surnames elsewhere: `in French`, `English and Welsh`."""
    plain = [token.plain for token in read]
    return {
        at
        for at, word in enumerate(plain)
        if word in _LANGUAGES
        and (
            (at and plain[at - 1] in _SPOKEN)
            or _LANGUAGES & {*plain[max(0, at - 2) : at], *plain[at + 1 : at + 3]}
        )
    }


def _public(read: Sequence[Token]) -> set[int]:
    """Places among the tokens of names that belong to public figures and to agencies."""
    found: set[int] = set()
    capital = [at for at, token in enumerate(read) if token.shape in "CU" and not token.possessive]
    for at in capital:
        for agency in agencies().get(read[at].plain, ()):
            if agency == [token.plain for token in read[at : at + len(agency)]]:
                found.update(range(at, at + len(agency)))
        for length in (4, 3, 2):
            name = read[at : at + length]
            if (
                len(name) == length
                and all(token.shape in "CU" for token in name)
                and is_public_figure([token.text for token in name])
            ):
                found.update(range(at, at + length))
                break
    return found


def line_evidence(
    text: str, read: Sequence[Token], structured: bool, about: Sequence[str]
) -> list[str]:
    """What the whole line says about any name in it."""
    first = next((token.plain for token in read if token.shape not in ".0"), "")
    return [
        f"sensitive{min(len(about), 2)}",
        *(["structured"] if structured else []),
        *(["greeting"] if first in _GREETING else []),
        f"work{min(2, sum(token.plain in _WORK for token in read))}",
        *(["question"] if "?" in text else []),
        f"names{min(3, sum(1 for token in read if token.known & NAME and token.shape in 'CU' and not token.known & WORD))}",
        f"length{min(len(read) // 6, 4)}",
    ]


def _joined(text: str, read: Sequence[Token], sure: Mapping[int, float]) -> Iterator[Candidate]:
    run: list[int] = []
    for at in [*(at for at in sure if sure[at] >= NAME_JOINS), -1]:
        if run and (at < 0 or not _JOIN.fullmatch(text[read[run[-1]].end : read[at].start])):
            if all(len(read[one].text) == 1 for one in run):
                run = [at]
                continue
            start, end = read[run[0]].start, read[run[-1]].end
            rule = "listed" if any(read[one].known & NAME for one in run) else "shape"
            yield Candidate(
                "person_name", start, end, round(max(sure[one] for one in run), 3), f"name_{rule}"
            )
            run = []
        run.append(at)
