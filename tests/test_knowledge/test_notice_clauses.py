"""What a notice quotes, on protocols written by different hands."""

from dataclasses import replace

import pytest

from knowledge.notice_clauses import notice_clauses
from protocols.model import Protocol
from tests.support.agreements import written


@pytest.mark.parametrize(
    ("stem", "cite", "words"),
    [
        ("attendance", "9.2(a)", "At the meeting information is shared by voice"),
        ("crisis", "9.3", "Personal details are spoken"),
        ("family_harm", "9.2", "Everything else is shared by speaking at the meeting"),
        ("iwi_led", "11.1", "Kōrero is shared by voice in the hui"),
        ("reintegration", "9(b)", "Information is shared verbally at the Meeting"),
    ],
)
def test_agreed_method_is_the_sentence_that_says_how(stem: str, cite: str, words: str) -> None:
    found = notice_clauses(written(stem)).method
    assert (cite, words) == ((found.clause.cite, found.words) if found else None)


@pytest.mark.parametrize(
    ("stem", "cite"),
    [
        ("attendance", "Table 2, row 8"),
        ("crisis", "Table 2, row 2"),
        ("family_harm", "Table 2, row 14"),
        ("disability_transition", "16"),
        ("youth_offending", "E8"),
    ],
)
def test_health_clause_is_the_row_or_the_paragraph_on_health(stem: str, cite: str) -> None:
    found = notice_clauses(written(stem)).health
    assert cite == (found.cite if found else None)


def test_methods_are_of_the_method_section_the_quoted_one_among_them() -> None:
    found = notice_clauses(written("attendance"))
    assert ["9.2(a)", "9.2(d)"] == [clause.cite for clause in found.methods]


def test_protocol_without_those_sections_is_silent() -> None:
    agreed = written("attendance")
    kept = tuple(one for one in agreed.sections if one.key in ("parties", "retention"))
    found = notice_clauses(replace(agreed, sections=kept, rules=()))
    assert (None, None, None, (), None, False) == (
        found.chat,
        found.breach,
        found.method,
        found.methods,
        found.health,
        found.forbidden,
    )


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("Personal information is not typed into the meeting chat.", True),
        ("The chat is for lost sound only.", True),
        ("Names of people who agreed may be typed in the meeting chat.", False),
    ],
)
def test_chat_clause_forbids_or_not_by_its_own_words(text: str, is_forbidden: bool) -> None:
    assert is_forbidden == notice_clauses(_with_chat_clause(text)).forbidden


def _with_chat_clause(text: str) -> Protocol:
    agreed = written("attendance")
    section = next(one for one in agreed.sections if one.key == "method")
    chat = next(clause for clause in section.clauses if clause.cite == "9.2(b)")
    return replace(agreed, sections=(replace(section, clauses=(replace(chat, text=text),)),))
