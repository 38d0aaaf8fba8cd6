"""Which lines of a document are headings, captions or instructions, however their author made them look."""

import re
from typing import NamedTuple

from protocols.template import heading_scores
from protocols.word.model import Block, Paragraph, Table
from protocols.word.ordinals import ONES
from protocols.wording import any_of, fold, vocabulary

_CAPTION = re.compile(r"^(?:Table|Tūtohi)\s+[0-9A-Z]{1,3}\b", re.IGNORECASE)
_COUNTED = "|".join(ONES[1:13])
_ANNEXED = "(?i:Schedule|Appendix|Annex|Annexure|Attachment|Āpitihanga)"
_ANNEX = re.compile(
    rf"^(?P<name>{_ANNEXED}\s+(?:\d{{1,3}}[A-Z]?|[A-Z]\d{{0,2}}|[IVX]{{1,4}}|(?i:{_COUNTED}))\b)[^.]*$"
)
_ONLY_ANNEX = re.compile(rf"^(?:The\s+)?(?P<name>{_ANNEXED})(?:\s*[:–—]\s|\s+-\s|$)")
_SENTENCE_END = (".", ";", ":", ",", "?")
_LEVEL = re.compile(
    r"^(?:HEALTH )?(?:IN[ -]CONFIDENCE|SENSITIVE|RESTRICTED|CONFIDENTIAL|UNCLASSIFIED|(?:TOP )?SECRET)$"
)
_CERTAIN = 3.0
_LONG = 14
_LONGEST = 20
"""Words in the name of a table or schedule."""


class Heading(NamedTuple):
    """A heading's words, its level from 1 and the number in front of it."""

    text: str
    level: int
    number: str | None


def heading_of(block: Paragraph, following: Block | None) -> Heading | None:
    """The heading a paragraph is, told from its style, its look, or its words; None for body text."""
    text = clean(block.text)
    if not text or block.bullet or block.in_toc or block.prompt:
        return None
    if is_annex(text) and (block.outline is not None or following is not None):
        return Heading(text, 1, None)
    if block.caption:
        return None
    number = block.label_path or block.label
    if is_title(block):
        return None
    if block.outline is not None:
        return (
            None
            if _is_clause_in_heading_style(block, text)
            else Heading(text, block.outline, number)
        )
    if _looks_like_heading(block, text, following):
        return Heading(text, 1 + (block.level or 0), number)
    return None


def is_title(block: Paragraph) -> bool:
    """Whether a paragraph carries the document's own title."""
    return (block.style or "").casefold().replace(" ", "") in ("title", "subtitle")


def is_caption(block: Paragraph, following: Block | None) -> bool:
    """Whether a paragraph names the table after it."""
    if not isinstance(following, Table) or block.bullet or is_annex(block.text):
        return False
    return block.caption or (
        len(block.text.split()) <= _LONGEST and bool(_CAPTION.match(block.text.strip()))
    )


def is_annex(text: str) -> bool:
    """Whether a line opens a schedule or appendix that has a number, however the line looks."""
    return len(text.split()) <= _LONGEST and bool(_ANNEX.match(text.strip()))


def annex_name(heading: str) -> str | None:
    """`Schedule A` of the heading `Schedule A: Signatures`, `Schedule` of the only one; None for any other heading."""
    if len(heading.split()) > _LONGEST:
        return None
    found = _ANNEX.match(heading.strip()) or _ONLY_ANNEX.match(heading.strip())
    return found["name"] if found else None


def is_instruction(text: str) -> bool:
    """Whether a heading or line speaks to whoever fills the template in, not to the attendees."""
    folded = fold(text)
    return any(
        folded.strip() == phrase.strip() for phrase in vocabulary().outside["instructions"]
    ) or (len(folded.split()) <= 8 and any_of(vocabulary().outside["instructions"][:3], folded))


def is_prompt(block: Paragraph) -> bool:
    """Whether a line is unanswered placeholder text or a starred or bracketed prompt of the template."""
    text = block.text.strip()
    if block.prompt:
        return True
    if text.startswith("*") or (text.startswith("[") and text.endswith("]")):
        return True
    if any(fold(text.partition(":")[0]) == phrase for phrase in vocabulary().outside["drafter"]):
        return ":" in text
    return block.italic and any_of(vocabulary().outside["prompts"], fold(text)[:40])


def is_contents(text: str) -> bool:
    """Whether a heading opens the table of contents."""
    return fold(text) in vocabulary().outside["contents"]


def is_control(text: str) -> bool:
    """Whether a heading or caption opens a document control table."""
    return any_of(vocabulary().outside["control"], fold(text))


def clean(text: str) -> str:
    """A heading's or column's words without the template's asterisk and closing colon."""
    return text.strip().rstrip("*:").strip()


def _is_clause_in_heading_style(block: Paragraph, text: str) -> bool:
    if (block.outline or 1) > 1 and len(text.split()) > _LONG and bool(block.label):
        return True
    return text.endswith(".") and len(text.split()) > _LONG


def _looks_like_heading(block: Paragraph, text: str, following: Block | None) -> bool:
    if (
        following is None
        or len(text.split()) > _LONG
        or block.text.rstrip().endswith((".", ";", ",", "?"))
    ):
        return False
    if text.startswith("("):
        return False
    shouting = text.isupper() and len(text) > 3 and not _LEVEL.search(text)
    known = max(heading_scores(text).values(), default=0.0)
    if block.bold or shouting:
        return not block.text.rstrip().endswith(":") or known >= _CERTAIN
    if block.label and not block.label.startswith("("):
        return (
            known >= _CERTAIN
            and not block.text.rstrip().endswith(":")
            and _is_top(block, following)
        )
    return not block.label and known >= 7.0 and not re.search(r"[:_…]", block.text)


def _is_top(block: Paragraph, following: Block) -> bool:
    if not isinstance(following, Paragraph):
        return True
    label, after = block.label or "", following.label or ""
    deeper = (following.level or 0) > (block.level or 0) or after.startswith(
        label.rstrip(".") + "."
    )
    return deeper or after.startswith("(") or not after
