"""Whole protocols by several authors come back clause for clause, and what stands once in them is found."""

from datetime import date

import pytest

from protocols.errors import NothingToRead, UnsafeDocx
from protocols.model import Clause, Protocol
from protocols.reading import protocol_from_clauses, read_protocol
from protocols.samples import sample_path
from tests.support.agreements import PARTIES, STEMS, TODAY, read, rows, written
from tests.support.protocols import ClauseRow, Numbers
from tests.support.word import docx, heading, p, tbl, title

AGREEMENT = 0.94
"""Share of clauses whose section the reader must tell as the author did; 0.971 measured over all."""
MIXED = {
    "pacific_hub": 0.80,  # headings that fit two parts ("Devices, chat and paper"), and schedules of several parts
    # Exceptions, which these authors called `other` and others gave the section of what they change, as the reader does:
    "alternative_education": 0.87,  # and definitions below "Parties and words we use"
    "energy_hardship": 0.92,
    "hospital_discharge": 0.89,
    "mothers_in_prison": 0.91,
    "protection_orders": 0.90,
    "rural_distress": 0.93,
    "specialist_court": 0.90,  # and two clauses below "Candidates", a heading that names no part
    "young_parents": 0.92,
}
"""Protocols some of whose clauses belong to either of two sections, with the share measured, rounded down."""


@pytest.mark.parametrize("numbers", ["auto", "typed"])
@pytest.mark.parametrize("stem", STEMS)
def test_every_clause_comes_back_with_its_number_words_and_cells(
    stem: str, numbers: Numbers
) -> None:
    assert _expected(stem) == [
        (c.number, c.kind, c.text, c.heading, c.cells) for c in written(stem, numbers).clauses
    ]


@pytest.mark.parametrize("stem", STEMS)
def test_sections_are_told_from_headings_and_words(stem: str) -> None:
    pairs = zip(rows(stem), written(stem).clauses, strict=True)
    agreed = sum(row["section"] == clause.section for row, clause in pairs)
    assert agreed / len(rows(stem)) >= MIXED.get(stem, AGREEMENT)


@pytest.mark.parametrize("stem", STEMS)
def test_every_citation_is_unique(stem: str) -> None:
    cites = [clause.cite for clause in written(stem).clauses]
    assert len(cites) == len(set(cites))


@pytest.mark.parametrize(
    ("stem", "lead", "classification", "state"),
    [
        ("attendance", "Ministry of Education", "IN-CONFIDENCE", "signed"),
        ("disability_transition", "Kāhui Ako", "IN-CONFIDENCE", "unsigned"),
        ("family_harm", "New Zealand Police", "IN-CONFIDENCE", "partly_signed"),
        ("health_hub", "Tāwhai Rural Health Network", "IN-CONFIDENCE", "unsigned"),
        ("housing", "Ministry of Social Development", "IN-CONFIDENCE", "partly_signed"),
        ("iwi_led", "Te Rūnanganui o Ngāti Kōtare", "IN-CONFIDENCE", "unsigned"),
        (
            "reintegration",
            "Department of Corrections – Ara Poutama Aotearoa",
            "SENSITIVE",
            "unsigned",
        ),
        ("youth_offending", "Oranga Tamariki Youth Justice", "IN-CONFIDENCE", "signed"),
    ],
)
def test_lead_classification_and_verdict_of_each_protocol(
    stem: str, lead: str, classification: str, state: str
) -> None:
    found = written(stem)
    assert (lead, classification, state) == (
        found.lead_agency,
        found.security_classification,
        found.signature.state,
    )


@pytest.mark.parametrize(
    ("signed", "state", "dated"), [(True, "signed", 7), (False, "unsigned", 0)]
)
def test_the_sample_reads_signed_and_without_dates_unsigned(
    signed: bool, state: str, dated: int
) -> None:
    sample = _sample(signed=signed)
    assert (state, dated) == (
        sample.signature.state,
        sum(s.date is not None for s in sample.signatories),
    )


def test_the_sample_tells_all_a_protocol_should() -> None:
    sample = _sample(signed=True)
    assert ("2.1", "IN-CONFIDENCE", date(2027, 7, 6), 7, 12) == (
        sample.version,
        sample.security_classification,
        sample.review.due,
        len(sample.agencies),
        len(sample.rules),
    )
    assert {"eligibility_20", "eligibility_66c"} == {finding.code for finding in sample.findings}


def test_breach_contacts_come_first_and_in_their_order() -> None:
    sample = _sample(signed=True)
    expected = [("breach", "Priscilla Amituanai"), ("breach", "Duncan Mereweather")]
    assert expected == [(contact.role, contact.name) for contact in sample.contacts[:2]]


def test_contacts_named_in_a_sentence_are_found_with_their_number() -> None:
    found = read(
        *PARTIES,
        heading("If something goes wrong"),
        p("Ring the Trust's privacy officer, Hēmi Rata, on 03 555 0142 as soon as you notice."),
    )
    assert [("breach", "Kōwhai Trust", "Hēmi Rata", "03 555 0142")] == [
        (c.role, c.agency, c.name, c.details) for c in found.contacts
    ]


@pytest.mark.parametrize(
    ("part", "sentence", "expected"),
    [
        ("Relationship managers", "They are: Police – Insp. Jo Hall; the Trust – Ana Tuhi.", [("relationship_manager", "New Zealand Police", "Insp. Jo Hall"), ("relationship_manager", "Kōwhai Trust", "Ana Tuhi")]),
        ("Relationship managers", "They are Jo Hall (Police) and Ana Tuhi (the Trust).", [("relationship_manager", "New Zealand Police", "Jo Hall"), ("relationship_manager", "Kōwhai Trust", "Ana Tuhi")]),
        ("Relationship managers", "For Police, Insp. Jo Hall; for the Trust, Ana Tuhi.", [("relationship_manager", "New Zealand Police", "Insp. Jo Hall"), ("relationship_manager", "Kōwhai Trust", "Ana Tuhi")]),
        ("Relationship managers", "Each of us has a link person: Jo Hall (Police) and Ana Tuhi (the Trust).", [("relationship_manager", "New Zealand Police", "Jo Hall"), ("relationship_manager", "Kōwhai Trust", "Ana Tuhi")]),
        ("Relationship managers", "Jo Hall (a lawyer) may be asked.", []),
        ("Purpose of the meeting", "The facilitator is Mere Toi of the Trust.", [("facilitator", "Kōwhai Trust", "Mere Toi")]),
        ("Purpose of the meeting", "Police chair the Meeting. Nobody else may.", []),
    ],
)  # fmt: skip
def test_managers_and_facilitators_are_found_in_sentences(
    part: str, sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    found = read(*PARTIES, heading(part), p(sentence)).contacts
    assert expected == [(contact.role, contact.agency, contact.name) for contact in found]


@pytest.mark.parametrize(
    ("part", "columns", "cells", "expected"),
    [
        ("Relationship managers", ["Member", "Steward"], ["Police", "Jo Hall, sergeant"], ("relationship_manager", "New Zealand Police", "Jo Hall", "sergeant")),
        ("Relationship managers", ["Member", "Pou", "How to reach"], ["Police", "Jo Hall", "06 555 0110"], ("relationship_manager", "New Zealand Police", "Jo Hall", "06 555 0110")),
        ("Breach contacts", ["Kind of breach", "Who to ring", "How"], ["Any", "Ana Tuhi, Kōwhai Trust", "06 555 0177"], ("breach", "Kōwhai Trust", "Ana Tuhi", "Kōwhai Trust, 06 555 0177")),
    ],
)  # fmt: skip
def test_contacts_are_found_in_tables_whatever_their_columns_are_called(
    part: str, columns: list[str], cells: list[str], expected: tuple[str, str, str, str]
) -> None:
    found = read(*PARTIES, heading(part), tbl([columns, cells])).contacts
    assert [expected] == [(c.role, c.agency, c.name, c.details) for c in found]


@pytest.mark.parametrize(
    ("sentences", "period", "responsible"),
    [
        ("Police opens a review at the second anniversary, on 24 June 2028.", "at the second anniversary, on 24 June 2028", "New Zealand Police"),
        ("Police starts a fresh look at this document every February.", "every February", "New Zealand Police"),
        ("The Table reviews this protocol every year. The lead calls the review.", "every year", "New Zealand Police"),
        ("The Convening Party shall start a review each year. The Trust may call for one sooner.", "each year", "New Zealand Police"),
        ("The coordinator calls us together to go over this agreement each May.", "each May", "the coordinator"),
    ],
)  # fmt: skip
def test_a_review_is_started_by_a_party_where_any_sentence_names_one(
    sentences: str, period: str, responsible: str
) -> None:
    review = read(*PARTIES, heading("Review"), p(sentences)).review
    assert (period, responsible) == (review.period, review.responsible)


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Papers are IN-CONFIDENCE. Anything about firearms is SENSITIVE.", "IN-CONFIDENCE"),
        ("Everything carries the marking IN-CONFIDENCE. Addresses are RESTRICTED.", "IN-CONFIDENCE"),
    ],
)  # fmt: skip
def test_the_level_of_everything_goes_before_that_of_some(sentence: str, level: str) -> None:
    found = read(*PARTIES, heading("Security classification"), p(sentence))
    assert level == found.security_classification


def test_title_block_and_document_control_are_read_but_are_no_clauses() -> None:
    found = read(
        title("Rua Bay Hui: Information Sharing Protocol"),
        tbl(
            [["Version", "1.4"], ["Document owner", "Police"], ["Review date", "1 May 2027"]],
            header=False,
        ),
        *PARTIES,
    )
    assert ("Rua Bay Hui: Information Sharing Protocol", "1.4", 2) == (
        found.title,
        found.version,
        len(found.clauses),
    )


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("The parties review this protocol 12 months after the start date.", date(2027, 3, 16)),
        ("Police starts a review every two years.", date(2028, 3, 16)),
        ("Police starts a review in September 2027.", date(2027, 9, 1)),
        ("The first review is due by 30 June 2027 and then every year.", date(2027, 6, 30)),
        ("Police begins a review each November.", date(2026, 11, 1)),
    ],
)
def test_next_review_follows_from_the_start_date_and_the_period(sentence: str, due: date) -> None:
    start = p("This protocol starts on 16 March 2026.")
    found = read(*PARTIES, heading("Review"), p(sentence), heading("Approvals"), start)
    assert due == found.review.due


def test_a_document_in_another_shape_still_reads_with_its_numbers() -> None:
    found = read(
        heading("Price"), p("1.1\tThe price is ten dollars."), p("1.2\tIt is paid on Fridays.")
    )
    assert [("1.1", "other"), ("1.2", "other")] == [(c.number, c.section) for c in found.clauses]


def test_a_document_without_headings_is_all_clauses() -> None:
    assert ["Kia ora", "Haere rā"] == [c.text for c in read(p("Kia ora"), p("Haere rā")).clauses]


def test_an_empty_document_is_refused_with_the_next_step() -> None:
    with pytest.raises(NothingToRead, match="Upload the protocol itself"):
        read_protocol(docx(p("")), today=TODAY)


def test_a_document_of_endless_paragraphs_is_refused() -> None:
    with pytest.raises(UnsafeDocx, match="Upload the protocol on its own"):
        read_protocol(docx(*[p("Kia ora.")] * 5001), today=TODAY)


def test_clauses_alone_make_the_same_protocol_as_the_word_file() -> None:
    word = written("housing")
    alone = protocol_from_clauses(word.title, word.clauses, TODAY)
    assert (word.agencies, word.rules, word.contacts, word.signatories, word.review) == (
        alone.agencies,
        alone.rules,
        alone.contacts,
        alone.signatories,
        alone.review,
    )


def test_clauses_without_citations_get_unique_ones() -> None:
    bare = Clause("c1", None, "", "paragraph", "Kia ora.", None, (), "other", "Opening")
    other = Clause("c2", None, "", "paragraph", "Tēnā koe.", None, (), "other", "Opening")
    cites = [clause.cite for clause in protocol_from_clauses(None, [bare, other], TODAY).clauses]
    assert ["Opening, paragraph 1", "Opening, paragraph 2"] == cites


_UNSHOWN = {"youth_offending": ("Table", "Schedule")}
"""An author counted the tables of schedules, which have no caption: what stands on the page is the schedule's name."""
_BELOW = {"perinatal": "2.3("}
"""An author called paragraphs what hangs below a clause that is shown."""


def _expected(stem: str) -> list[tuple[object, ...]]:
    shown = {row["number"] for row in rows(stem)}
    leads: set[str] = set()
    found = []
    for row in rows(stem):
        if row["kind"] == "paragraph" and row["text"].endswith(":"):
            leads.add(row["heading"])
        found.append(
            _clause(stem, row, of_something=_parent(row) in shown or row["heading"] in leads)
        )
    return found


def _clause(stem: str, row: ClauseRow, *, of_something: bool) -> tuple[object, ...]:
    """The clause as a page shows it. Some authors called an item what has no lead-in to be an item of, below a number
    nobody shows (`4.2(a)` and no `4.2`) or below a whole clause; others called the same a paragraph, which it is."""
    number, kind = row["number"], row["kind"]
    if number and stem in _UNSHOWN:
        number = number.replace(*_UNSHOWN[stem])
    if kind == "list_item" and number and not of_something:
        kind = "paragraph"
    if number and stem in _BELOW and number.startswith(_BELOW[stem]):
        kind = "list_item"
    return number, kind, row["text"], row["heading"], row.get("cells")


def _parent(row: ClauseRow) -> str:
    """`4.2` of `4.2(a)`; '' of a number without brackets."""
    return (row["number"] or "").rpartition("(")[0]


def _sample(*, signed: bool) -> Protocol:
    return read_protocol(sample_path(signed=signed).read_bytes(), today=TODAY)
