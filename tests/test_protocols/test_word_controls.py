"""A control says what it shows, and whether anyone has answered."""

from datetime import date

import pytest

from protocols.word.blocks import read_document
from protocols.word.model import Control, Paragraph
from protocols.word.package import open_package
from tests.support.word import control, docx, p, r, tbl, tc

STORE = "{11111111-2222-3333-4444-555555555555}"


def paragraph(*blocks: str, store: str | None = None) -> Paragraph:
    found = read_document(
        open_package(docx(*blocks, stores={STORE: store} if store else None))
    ).blocks[0]
    assert isinstance(found, Paragraph)
    return found


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        (Control("drop_down", "Agency", "Police", False), control("Police", kind="dropDownList", name="Agency", items=["Police"])),
        (Control("drop_down", "Agency", None, True), control("Choose an item.", kind="dropDownList", name="Agency", placeholder=True)),
        (Control("combo_box", None, "Other", False), control("Other", kind="comboBox", items=["A"])),
        (Control("date", None, "2 March 2026", False, date(2026, 3, 2)), control("2 March 2026", kind="date", date="2026-03-02")),
        (Control("checkbox", None, "checked", False), control("☒", checked=True)),
        (Control("checkbox", None, "unchecked", False), control("☐", checked=False)),
        (Control("text", "Name", "Moana", False), control("Moana", name="Name")),
    ],
)  # fmt: skip
def test_a_control_is_read_with_its_answer(expected: Control, written: str) -> None:
    assert (expected,) == paragraph(p("Here: ", written)).controls


def test_a_paragraph_of_nothing_but_placeholders_is_a_prompt() -> None:
    empty = control("Click to enter text.", placeholder=True)
    assert [True, False, False] == [
        paragraph(p(*line)).prompt for line in ([empty], ["Name: ", empty], ["Name"])
    ]


def test_a_block_control_is_carried_by_its_first_paragraph() -> None:
    found = paragraph(control(p("first") + p("second"), kind="richText", name="Purpose"))
    assert (Control("rich_text", "Purpose", "first\nsecond", False),) == found.controls


def test_a_cell_control_is_read() -> None:
    document = read_document(
        open_package(docx(tbl([[control(tc("Police"), name="Agency")]], header=False)))
    )
    (table,) = document.blocks
    assert not isinstance(table, Paragraph)
    (cell,) = table.rows[0].cells
    assert isinstance(cell.blocks[0], Paragraph)
    assert (Control("text", "Agency", "Police", False),) == cell.blocks[0].controls


def test_the_bound_value_wins_and_the_stale_copy_is_told() -> None:
    found = paragraph(
        p("Lead: ", control("Police", bound=("/p[1]/lead[1]", STORE))),
        store="<p><lead>MSD</lead></p>",
    )
    assert ("Lead: MSD", "MSD", "Police") == (
        found.text,
        found.controls[0].value,
        found.controls[0].stale,
    )


def test_a_bound_value_that_agrees_is_not_stale() -> None:
    found = paragraph(p(control("MSD", bound=("/p/lead", STORE))), store="<p><lead>MSD</lead></p>")
    assert ("MSD", None) == (found.text, found.controls[0].stale)


def test_a_bound_drop_down_shows_the_words_of_its_value() -> None:
    written = control(
        "Police", kind="dropDownList", items=["Police"], bound=("/p/lead", STORE)
    ).replace('w:value="Police"', 'w:value="2"')
    assert ("Police", None) == (
        paragraph(p(written), store="<p><lead>2</lead></p>").text,
        paragraph(p(written), store="<p><lead>2</lead></p>").controls[0].stale,
    )


def test_a_bound_value_that_is_no_choice_is_shown_as_it_is() -> None:
    written = control("Police", kind="dropDownList", items=["Police"], bound=("/p/lead", STORE))
    assert "MSD" == paragraph(p(written), store="<p><lead>MSD</lead></p>").text


def test_a_bound_date_is_written_as_the_control_writes_it() -> None:
    written = control("1 March 2026", kind="date", date="2026-03-01", bound=("/p/d", STORE))
    found = paragraph(p(written), store="<p><d>2026-03-02T00:00:00</d></p>")
    assert ("2 March 2026", date(2026, 3, 2)) == (found.text, found.controls[0].date)


@pytest.mark.parametrize(
    "path", ["//lead", "/p/lead[count(//*)>0]", "/p/lead|/p/other", "", "/" * 500]
)
def test_a_binding_that_computes_is_not_followed(path: str) -> None:
    assert (
        "Police"
        == paragraph(
            p(control("Police", bound=(path, STORE))), store="<p><lead>MSD</lead></p>"
        ).text
    )


def form(data: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("text", "value", "data"),
    [
        ("MSD", "MSD", '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Police"/><w:listEntry w:val="MSD"/></w:ddList>'),
        ("☒", "checked", "<w:checkBox><w:checked/></w:checkBox>"),
        ("☐", "unchecked", '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'),
    ],
)  # fmt: skip
def test_a_legacy_form_field_shows_its_choice(text: str, value: str, data: str) -> None:
    found = paragraph(p(form(data)))
    assert (text, (Control("legacy", "f", value, False),)) == (found.text, found.controls)
