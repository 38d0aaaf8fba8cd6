"""Who has signed, on what evidence, and the verdict (design decision 4)."""

from datetime import date

import pytest

from protocols.dates import parse_date
from protocols.model import Protocol
from protocols.reading import read_protocol
from protocols.signing_places import is_blank
from tests.support.agreements import PARTIES, SIGNED, TODAY, codes, finding, read, signatures
from tests.support.signing import Signer, changed, part, sign, signer
from tests.support.word import control, docx, heading, p, tbl, tc, tr


def test_name_and_date_for_every_party_is_signed_and_asserted() -> None:
    found = read(*PARTIES, signatures(*SIGNED))
    assert ("signed", {"typed"}) == (found.signature.state, {s.evidence for s in found.signatories})
    assert "asserted and not proven" in found.signature.reason


@pytest.mark.parametrize(
    "blank", ["", "____", "[Name]", "TBC", "dd/mm/yyyy", "……", "Not yet signed"]
)
def test_a_blank_date_leaves_its_party_out_and_names_it(blank: str) -> None:
    police, oranga_tamariki, trust = SIGNED
    found = read(*PARTIES, signatures(police, (*oranga_tamariki[:3], blank), trust))
    assert ("partly_signed", None) == (found.signature.state, found.signatories[1].date)
    assert "Still to sign: Oranga Tamariki." in found.signature.reason


def test_no_dates_at_all_is_unsigned() -> None:
    found = read(*PARTIES, signatures(*((*row[:3], "") for row in SIGNED)))
    assert "unsigned" == found.signature.state


def test_no_parties_is_unsigned() -> None:
    assert "unsigned" == read(heading("Price"), p("Ten dollars.")).signature.state


def test_a_date_in_the_future_does_not_count() -> None:
    late = ("Police", "Ana Reid", "Commander", "1 March 2030")
    found = read(*PARTIES, signatures(late, *SIGNED[1:]))
    assert ("partly_signed", "Table 1, row 1") == (
        found.signature.state,
        finding(found, "date_in_future").clause,
    )


def test_a_table_with_a_signature_column_needs_the_signature() -> None:
    rows = [
        ("Police", "Ana Reid", "", "2 March 2026"),
        ("Oranga Tamariki", "Tui Hale", "Signed", "2 March 2026"),
    ]
    table = tbl([["Agency", "Name", "Signature", "Date"], *map(list, rows)])
    found = read(
        *PARTIES[:1],
        p("The parties are New Zealand Police (Police) and Oranga Tamariki."),
        heading("Approvals"),
        table,
    )
    assert ("partly_signed", ["Table 1, row 1"]) == (
        found.signature.state,
        [f.clause for f in found.findings if f.code == "not_signed"],
    )


def test_a_date_picker_beats_the_text_it_shows() -> None:
    picker = control("May", kind="date", date="2026-05-01T00:00:00Z")
    row = tr(tc(p("Police")), tc(p("Ana Reid")), tc(p(picker)))
    found = read(*PARTIES, heading("Approvals"), tbl([["Agency", "Name", "Date signed"], row]))
    assert date(2026, 5, 1) == found.signatories[0].date


def test_forms_down_the_page_are_signature_entries() -> None:
    found = read(
        p("The parties are New Zealand Police and Oranga Tamariki."),
        heading("Sign-off"),
        p("Signed for and on behalf of New Zealand Police"),
        p("Name: Ana Reid"),
        p("Position: Commander"),
        p("Date: 2/3/2026"),
        p("Signed for and on behalf of Oranga Tamariki"),
        p("Name: ________"),
        p("Date: __/__/____"),
    )
    assert [
        ("New Zealand Police", "Ana Reid", date(2026, 3, 2)),
        ("Oranga Tamariki", None, None),
    ] == [(s.agency, s.name, s.date) for s in found.signatories]


def test_a_file_without_any_signature_asks_for_the_signed_copy() -> None:
    found = read(*PARTIES)
    assert "signed as a PDF or on paper" in found.signature.reason
    assert "not_signed" in codes(found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 March 2026", date(2026, 3, 2)),
        ("Monday 2nd of March 2026", date(2026, 3, 2)),
        ("1 Hōngongoi (July) 2025", date(2025, 7, 1)),
        ("03/04/2026", date(2026, 4, 3)),
        ("3.4.26", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("31/02/2026", None),
        ("soon", None),
    ],
)
def test_dates_are_read_the_new_zealand_way(text: str, day: date | None) -> None:
    assert day == parse_date(text)


@pytest.mark.parametrize(
    ("text", "blank"),
    [("_ _ _", True), ("□", True), ("<insert>", True), ("n/a", True), ("Ana", False)],
)
def test_blank_fields(text: str, blank: bool) -> None:
    assert blank == is_blank(text)


def test_today_decides_whether_a_date_has_come() -> None:
    before = read(*PARTIES, signatures(*SIGNED), today=date(2026, 3, 3))
    assert ("partly_signed", "signed") == (
        before.signature.state,
        read(*PARTIES, signatures(*SIGNED), today=TODAY).signature.state,
    )


TWO = p("The parties are New Zealand Police (Police) and Oranga Tamariki.")
UNDATED = [
    ["Agency", "Name", "Date signed"],
    ["Police", "Ana Reid", ""],
    ["Oranga Tamariki", "Tui Hale", ""],
]
PAPER = docx(heading("Parties"), TWO, heading("Approvals"), tbl(UNDATED))


def test_a_trusted_signature_of_the_named_signatory_signs_for_its_party() -> None:
    found = _digital(sign(PAPER, signer("Ana Reid")), signer("Ana Reid"))
    assert ("partly_signed", ["digital", "none"]) == (
        found.signature.state,
        [s.evidence for s in found.signatories],
    )


def test_a_certificate_in_a_partys_name_signs_for_it() -> None:
    data = sign(sign(PAPER, signer("New Zealand Police")), signer("Oranga Tamariki"), number=2)
    found = _digital(data, signer("New Zealand Police"), signer("Oranga Tamariki"))
    assert "signed" == found.signature.state


def test_an_intact_signature_nobody_trusts_counts_as_none_and_is_said() -> None:
    found = _digital(sign(PAPER, signer("Ana Reid")))
    assert ("unsigned", ["none", "none"]) == (
        found.signature.state,
        [s.evidence for s in found.signatories],
    )
    assert "digital_signature_not_counted" in codes(found)


def test_a_trusted_signature_of_a_stranger_counts_for_no_party() -> None:
    found = _digital(sign(PAPER, signer("Rewi Moss")), signer("Rewi Moss"))
    assert ("unsigned", True) == (
        found.signature.state,
        "digital_signature_not_counted" in codes(found),
    )


def test_an_altered_signature_makes_the_protocol_invalid_whatever_the_table_says() -> None:
    whole = sign(docx(heading("Parties"), TWO, signatures(*SIGNED[:2])), signer("Ana Reid"))
    other = docx(heading("Parties"), TWO, p("And Corrections."), signatures(*SIGNED[:2]))
    found = _digital(
        changed(whole, word__document_dot_xml=part(other, "word/document.xml")), signer("Ana Reid")
    )
    assert ("invalid", True) == (found.signature.state, "digital_signature_invalid" in codes(found))


def _digital(data: bytes, *trusted: Signer) -> Protocol:
    return read_protocol(data, today=TODAY, trust=[each.certificate for each in trusted])


def test_signatures_told_in_sentences_are_read_one_by_one() -> None:
    told = (
        "Signed for Police by Jo Hall, District Commander, on 3 March 2026; for Oranga Tamariki by "
        "Tui Hale on 5 March 2026; and for the Trust by Rev. Wai Kerr, chair, on 6 March 2026."
    )
    found = read(*PARTIES, heading("Signed"), p(told))
    assert "signed" == found.signature.state
    assert [
        ("New Zealand Police", "Jo Hall", "District Commander", date(2026, 3, 3)),
        ("Oranga Tamariki", "Tui Hale", None, date(2026, 3, 5)),
        ("Kōwhai Trust", "Rev. Wai Kerr", "chair", date(2026, 3, 6)),
    ] == [(s.agency, s.name, s.position, s.date) for s in found.signatories]


@pytest.mark.parametrize(
    ("column", "cell", "name", "position"),
    [
        ("Name and position", "Jo Hall, District Commander", "Jo Hall", "District Commander"),
        ("Signed by", "Whaea Te Paea Rāwiri, pou whakahaere", "Whaea Te Paea Rāwiri", "pou whakahaere"),
        ("Signed by", "Group manager, mental health", "Group manager, mental health", None),
    ],
)  # fmt: skip
def test_a_name_with_its_position_in_one_cell_is_parted(
    column: str, cell: str, name: str, position: str | None
) -> None:
    rows = tbl([["Party", column, "On"], ["Police", cell, "4 May 2026"]])
    (found,) = read(*PARTIES, heading("Approvals"), rows).signatories
    assert (name, position, date(2026, 5, 4)) == (found.name, found.position, found.date)


def test_a_column_of_parties_is_the_agency_whatever_it_is_called() -> None:
    columns = ["Signatory", "Signed by", "Relationship holder", "Date signed"]
    cells = ["Police", "Jo Hall, Commander", "Ana Tuhi", "4 May 2026"]
    found = read(*PARTIES, heading("Signatories and relationship holders"), tbl([columns, cells]))
    (signed,), (manager,) = found.signatories, found.contacts
    assert ("New Zealand Police", "Jo Hall") == (signed.agency, signed.name)
    assert ("New Zealand Police", "Ana Tuhi") == (manager.agency, manager.name)
