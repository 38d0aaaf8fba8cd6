"""Labels are the ones Word computes, and citations compose from them."""

from pathlib import Path

import pytest

from protocols.word.blocks import read_document
from protocols.word.citing import split_label
from protocols.word.model import Block, Paragraph
from protocols.word.ordinals import spell
from protocols.word.package import open_package
from tests.support.protocols import Numbers, protocol_docx, protocol_rows
from tests.support.word import BULLETS, CLAUSES, Level, List, docx, heading, p

PROTOCOLS = sorted((Path(__file__).parents[1] / "data" / "protocols").glob("*.jsonl"))


def labels(*blocks: str, lists: list[List], styles: str = "") -> list[str | None]:
    found = read_document(open_package(docx(*blocks, lists=lists, styles=styles))).blocks
    return [block.label for block in found if isinstance(block, Paragraph)]


def paths(*blocks: str, lists: list[List] | None = None) -> list[str | None]:
    found = read_document(open_package(docx(*blocks, lists=lists or [CLAUSES]))).blocks
    return [block.label_path for block in found if isinstance(block, Paragraph)]


def items(*levels: int, of: int = 1) -> list[str]:
    return [p("item", number=(of, level)) for level in levels]


def test_levels_count_and_a_lower_one_starts_again_under_each_higher() -> None:
    assert ["1.", "1.1", "(a)", "(b)", "1.2", "(a)", "2.", "2.1"] == labels(
        *items(0, 1, 2, 2, 1, 2, 0, 1), lists=[CLAUSES]
    )


def test_a_level_that_does_not_restart_counts_on() -> None:
    on = List((Level("decimal", "%1."), Level("lowerLetter", "(%2)", restart=0)))
    assert ["1.", "(a)", "2.", "(b)"] == labels(*items(0, 1, 0, 1), lists=[on])


def test_a_level_may_restart_only_after_a_certain_one() -> None:
    parts = List(
        (
            Level("decimal", "%1."),
            Level("decimal", "%1.%2"),
            Level("lowerLetter", "(%3)", restart=1),
        )
    )
    assert ["1.", "1.1", "(a)", "1.2", "(b)", "2.", "2.1", "(a)"] == labels(
        *items(0, 1, 2, 1, 2, 0, 1, 2), lists=[parts]
    )


def test_a_skipped_level_shows_its_start() -> None:
    assert ["1.1"] == labels(*items(1), lists=[CLAUSES])


def test_two_lists_on_one_definition_count_on_and_an_override_starts_afresh_once() -> None:
    lists = [CLAUSES, List(like=1), List(like=1, starts={0: 10})]
    blocks = [*items(0), *items(0, of=2), *items(0, 0, of=3), *items(0)]
    assert ["1.", "2.", "10.", "11.", "12."] == labels(*blocks, lists=lists)


def test_legal_numbering_turns_parents_into_digits() -> None:
    legal = List((Level("upperRoman", "%1."), Level("decimal", "%1.%2", legal=True)))
    assert ["I.", "1.1"] == labels(*items(0, 1), lists=[legal])


def test_a_style_brings_its_list_and_level() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Off"><w:name w:val="Off"/><w:basedOn w:val="Clause"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    blocks = [p("a", style="Clause"), p("b", style="Own"), p("c", style="Off")]
    assert ["1.1", "1.2", None] == labels(*blocks, lists=[CLAUSES], styles=style)


def test_a_level_linked_to_a_style_is_that_styles_level() -> None:
    linked = List((Level("decimal", "%1.", style="Top"), Level("decimal", "%1.%2", style="Sub")))
    style = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        for key in ("Top", "Sub")
    )
    assert ["1.", "1.1"] == labels(
        p("a", style="Top"), p("b", style="Sub"), lists=[linked], styles=style
    )


def test_a_bullet_has_no_label() -> None:
    (block,) = read_document(open_package(docx(p("item", number=(1, 0)), lists=[BULLETS]))).blocks
    assert isinstance(block, Paragraph)
    assert (None, True) == (block.label, block.bullet)


@pytest.mark.parametrize(
    ("expected", "value", "form"),
    [
        ("aa", 27, "lowerLetter"),
        ("ZZ", 52, "upperLetter"),
        ("xiv", 14, "lowerRoman"),
        ("MCMXCIX", 1999, "upperRoman"),
        ("07", 7, "decimalZero"),
        ("11th", 11, "ordinal"),
        ("22nd", 22, "ordinal"),
        ("Twenty-one", 21, "cardinalText"),
        ("Twentieth", 20, "ordinalText"),
        ("Thirty-second", 32, "ordinalText"),
        ("007", 7, "custom 001, 002, 003, ..."),
        ("", 7, "none"),
        ("", 0, "lowerLetter"),
        ("", 10**9, "lowerRoman"),
    ],
)
def test_a_number_is_spelt_as_word_spells_it(expected: str, value: int, form: str) -> None:
    assert expected == spell(value, form)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("4.2", "Information"), "4.2\tInformation"),
        (("4.2", "the parties"), "4.2 the parties"),
        (("4.", "Information"), "4. Information"),
        (("(b)", "contact details"), "(b) contact details"),
        (("iv)", "contact details"), "iv)\tcontact details"),
        (("A1", "Information"), "A1\tInformation"),
        (("4A", "information"), "4A\tinformation"),
        (("4A.", "Information"), "4A. Information"),
        (("4.2(b)", "contact details"), "4.2(b) contact details"),
        (("11A(i)", "contact details"), "11A(i)\tcontact details"),
        (("C4(a)", "contact details"), "C4(a)\tcontact details"),
        (("S2.3(a)(ii)", "contact details"), "S2.3(a)(ii) contact details"),
        (None, "4A Smith Street"),
        (None, "9.30 am on Tuesday"),
        (None, "2.5 per cent of cases"),
        (None, "30 days after the meeting"),
        (None, "4.2.2026 to 5.2.2026"),
        (None, "(and) so on"),
        (None, "A party may withdraw"),
        (None, "4.2\t"),
        (None, "Information"),
    ],
)
def test_a_typed_number_is_told_from_the_words(expected: tuple[str, str] | None, text: str) -> None:
    assert expected == split_label(text)


def test_a_letter_below_a_numbered_clause_is_cited_with_it() -> None:
    assert ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(b)"] == paths(*items(0, 1, 2, 3, 2))


def test_a_separate_lettered_list_belongs_to_the_clause_above_it() -> None:
    letters = List((Level("lowerLetter", "(%1)"),))
    blocks = [p("4.2\tNever shared:"), *items(0, 0, of=1)]
    assert ["4.2", "4.2(a)", "4.2(b)"] == paths(*blocks, lists=[letters])


def test_typed_romans_hang_below_typed_letters_and_i_after_h_is_a_letter() -> None:
    blocks = [
        p("4\tShared"),
        *(p(f"({x}) item") for x in ("a", "i", "ii", "b")),
        p("5\tUsed"),
        p("(h) item"),
        p("(i) item"),
    ]
    assert ["4", "4(a)", "4(a)(i)", "4(a)(ii)", "4(b)", "5", "5(h)", "5(i)"] == paths(*blocks)


def test_a_clause_put_in_between_stands_beside_its_neighbour_and_carries_its_own_items() -> None:
    blocks = [
        *(p(f"{x}\titem") for x in ("11", "(i)", "11A", "(i)", "(ii)", "12")),
        *(p(f"{x}\titem") for x in ("12.1(a)", "12.1(b)", "(i)", "12.2(a)")),
    ]
    assert [
        "11", "11(i)", "11A", "11A(i)", "11A(ii)", "12", "12.1(a)", "12.1(b)", "12.1(b)(i)", "12.2(a)",
    ] == paths(*blocks)  # fmt: skip


def test_a_level_that_spells_out_its_parents_is_cited_as_shown() -> None:
    whole = List((Level("decimal", "%1."), Level("lowerLetter", "%1.1(%2)")))
    assert ["1", "1.1(a)", "1.1(b)", "2", "2.1(a)"] == paths(*items(0, 1, 1, 0, 1), lists=[whole])


def test_letters_go_on_below_a_lower_heading() -> None:
    blocks = [
        heading("4.\tShared"),
        p("(h) one"),
        heading("Never", 2),
        p("(i) two"),
        p("(j) three"),
    ]
    assert ["4", "4(h)", None, "4(i)", "4(j)"] == paths(*blocks)


def test_a_lower_heading_does_not_end_the_numbered_section_and_an_equal_one_does() -> None:
    blocks = [
        heading("4.\tShared"), p("(a) one"), heading("Never", 2), p("(b) two"), heading("Approvals"), p("(a) three"),
    ]  # fmt: skip
    assert ["4", "4(a)", None, "4(b)", None, "(a)"] == paths(*blocks)


@pytest.mark.parametrize("numbers", ["auto", "typed"])
@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_clause_of_a_whole_protocol_carries_the_number_people_cite(
    path: Path, numbers: Numbers
) -> None:
    rows = protocol_rows(path)
    document = read_document(open_package(protocol_docx(rows, numbers)))
    expected = [(row["number"], row["text"]) for row in rows if row["kind"] != "table_row"]
    assert expected == [(clause.label_path, clause.text) for clause in _clauses(document.blocks)]


def _clauses(blocks: tuple[Block, ...]) -> list[Paragraph]:
    shown = [block for block in blocks if isinstance(block, Paragraph)]
    return [
        block for block in shown if not (block.outline or block.caption or block.style == "Title")
    ]
