"""A Word file is read as it is shown."""

import pytest

from protocols.word.blocks import read_document
from protocols.word.model import Document, Paragraph, Table
from protocols.word.package import open_package
from protocols.word.text import plain_text
from tests.support.word import (
    CLAUSES,
    caption,
    complex_field,
    contents,
    control,
    dele,
    docx,
    heading,
    ins,
    note,
    p,
    pack,
    parts,
    r,
    signature_line,
    simple_field,
    tbl,
    tc,
    text_box,
    tr,
)


def read(*blocks: str, **more: object) -> Document:
    return read_document(open_package(docx(*blocks, **more)))  # type: ignore[arg-type]  # passed on to docx


def text(*blocks: str, **more: object) -> str:
    return plain_text(read(*blocks, **more))


def only(document: Document) -> Paragraph:
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    return block


@pytest.mark.parametrize(
    ("shown", "block"),
    [
        ("an inserted word", p("an ", ins("inserted "), "word")),
        ("a word", p("a ", dele("deleted "), "word")),
        ("in a link", p("<w:hyperlink>" + r("in a link") + "</w:hyperlink>")),
        ("in a smart tag", p("<w:smartTag>" + r("in a smart tag") + "</w:smartTag>")),
        ("moved here", p("<w:moveFrom>" + r("gone ") + "</w:moveFrom><w:moveTo>" + r("moved here") + "</w:moveTo>")),
        ("in a control", p("in a ", control("control"))),
        ("in a control in a control", p("in a ", control("control ", control("in a control")))),
        ("around a paragraph", control(p("around a paragraph"), kind="richText")),
        ("see clause 4.2", p("see clause ", simple_field("REF clause", "4.2"))),
        ("see clause 4.2", p("see clause ", complex_field("REF clause \\r", "4.2"))),
        ("one\ttwo", p("one\ttwo")),
        ("well\u2011being", p("well\u2011being")),
        ("☒ yes", p('<w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r>', " yes")),
        ("shown", p("shown", r(" hidden", hidden=True))),
        ("Māori", p("Ma\u0304ori")),
        ("2 maths", p("<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
                      "<m:r><m:t>2</m:t></m:r></m:oMath>", " maths")),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_word_shows_it(shown: str, block: str) -> None:
    assert shown == only(read(block)).text


def test_a_deleted_paragraph_mark_merges_the_two_paragraphs() -> None:
    assert "kept together here" == text(p("kept together ", mark="del"), p("here"))


def test_a_paragraph_deleted_with_its_mark_leaves_no_number_behind() -> None:
    gone = p(dele("gone"), number=(1, 0), mark="del")
    assert "1.\tfirst\n2.\tsecond" == text(
        p("first", number=(1, 0)), gone, p("second", number=(1, 0)), lists=[CLAUSES]
    )


def test_a_deleted_row_is_gone() -> None:
    assert "kept" == text(tbl([tr("kept"), tr(dele("gone"), deleted=True)]))


def test_pending_changes_and_who_carries_them_are_told() -> None:
    document = read(p("a ", ins("b"), dele("c")))
    assert (2, True) == (document.tracked_changes, only(document).tracked)


@pytest.mark.parametrize("change", [ins("b"), dele("b"), "<w:moveTo>" + r("b") + "</w:moveTo>"])
def test_a_paragraph_with_a_pending_change_says_so(change: str) -> None:
    assert [True, False] == [only(read(p("a ", words))).tracked for words in (change, "b")]


def test_a_footnote_stays_with_its_clause() -> None:
    assert ("See the terms.",) == only(
        read(p("Meets weekly.", note(2)), notes={2: "See the terms."})
    ).notes


def test_a_footnote_that_refers_to_itself_is_read_once() -> None:
    made = parts(p("a", note(2)), notes={2: "x"})
    made["word/footnotes.xml"] = str(made["word/footnotes.xml"]).replace(
        "</w:p>", note(2) + "</w:p>"
    )
    assert ("x",) == only(read_document(open_package(pack(made)))).notes


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    assert "beside\ninside" == text(p("beside", text_box(p("inside"))))


def test_a_table_of_contents_is_marked_and_left_out_of_plain_text() -> None:
    document = read(contents("1. Purpose\t2", "2. Parties\t3"), heading("Purpose"))
    assert "Purpose" == plain_text(document)
    assert [True, True, False] == [b.in_toc for b in document.blocks if isinstance(b, Paragraph)]


def test_a_merged_cell_repeats_in_every_row_it_spans() -> None:
    document = read(
        tbl(
            [[tc("Police", merge="restart"), "row 1"], [tc(merge="continue"), "row 2"]],
            header=False,
        )
    )
    assert "Police | row 1\nPolice | row 2" == plain_text(document)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [False, True] == [row.cells[0].merged for row in table.rows]


def test_rows_and_cells_inside_controls_are_read() -> None:
    row = control(tr("in a", control(tc("row control"), kind="richText")), kind="richText")
    assert "Agency | Purpose\nin a | row control" == text(tbl([["Agency", "Purpose"], row]))


def test_a_field_left_open_in_a_cell_hides_nothing_after_it() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert "before |  | after\nbelow" == text(tbl([["before", tc(opened), "after"]]), p("below"))


def test_a_nested_table_is_read_in_its_cell() -> None:
    assert "outer inner 1 | inner 2" == text(
        tbl([[tc(p("outer") + tbl([["inner 1", "inner 2"]]))]])
    )


def test_a_header_row_is_known() -> None:
    (table,) = read(tbl([["Agency"], ["Police"]])).blocks
    assert isinstance(table, Table)
    assert [True, False] == [row.header for row in table.rows]


@pytest.mark.parametrize("claim", ["50000000", "-1", "nonsense"])
def test_a_claim_to_millions_of_columns_is_cut(claim: str) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{claim}"/></w:tcPr>{p("wide")}</w:tc>'
    (table,) = read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].span <= 63


def test_headings_captions_and_emphasis_are_known() -> None:
    head, cap, bold = read(
        heading("Purpose", 2), caption("Table 1: Parties"), p(r("Note", bold=True))
    ).blocks
    assert isinstance(head, Paragraph)
    assert isinstance(cap, Paragraph)
    assert isinstance(bold, Paragraph)
    assert (2, "Table 1: Parties", True, True) == (head.outline, cap.text, cap.caption, bold.bold)


def test_headers_and_footers_are_kept_apart() -> None:
    document = read(p("body"), headers=[p("IN-CONFIDENCE")], footers=[tbl([["Version 3"]])])
    assert (["IN-CONFIDENCE"], ["Version 3"]) == (
        [h.text for h in document.headers],
        [f.text for f in document.footers],
    )


def test_a_signature_line_is_no_picture() -> None:
    paragraph = only(read(p(signature_line("{A}", "Moana Haldane", "Sergeant"))))
    assert ("{A}", "Moana Haldane", ()) == (
        paragraph.signature_lines[0].setup_id,
        paragraph.signature_lines[0].suggested_signer,
        paragraph.pictures,
    )


def test_a_file_saved_as_strict_open_xml_reads_the_same() -> None:
    strict = {
        name: str(content)
        .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in parts(p("clause", number=(1, 0)), lists=[CLAUSES]).items()
    }  # fmt: skip
    assert "1.\tclause" == plain_text(read_document(open_package(pack(strict))))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_obstacle(encoding: str) -> None:
    made = parts(p("Tāwhara"))
    made["word/document.xml"] = str(made["word/document.xml"]).encode(encoding)
    assert "Tāwhara" == plain_text(read_document(open_package(pack(made))))


def test_the_main_part_may_have_another_name() -> None:
    made = {
        name.replace("word/document", "word/main7"): content
        for name, content in parts(p("found")).items()
    }
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace("document.xml", "main7.xml")
    made["[Content_Types].xml"] = str(made["[Content_Types].xml"]).replace(
        "/word/document.xml", "/word/main7.xml"
    )
    assert "found" == plain_text(read_document(open_package(pack(made))))


def test_content_that_loads_from_elsewhere_is_named_and_not_followed() -> None:
    link = '<Relationship Id="x" Type="t/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/>'
    made = parts(p("a"))
    made["word/_rels/document.xml.rels"] = str(made["word/_rels/document.xml.rels"]).replace(
        "</R", f"{link}</R"
    )
    assert ("http://example.org/t.dotm",) == read_document(open_package(pack(made))).external
