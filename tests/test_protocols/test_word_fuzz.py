"""Whatever happens to a file's bytes or parts, reading it ends in a document or one clear line."""

import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols.errors import ProtocolError
from protocols.word.blocks import read_document
from protocols.word.package import open_package
from protocols.word.signatures import verify_signatures
from protocols.word.text import plain_text
from tests.support.signing import SIGNED_AT, changed, sign, signer
from tests.support.word import (
    CLAUSES,
    contents,
    control,
    dele,
    docx,
    heading,
    ins,
    note,
    p,
    signature_line,
    simple_field,
    tbl,
    tc,
    text_box,
)

STORE = "{11111111-2222-3333-4444-555555555555}"
SEED = docx(
    contents("1. Purpose\t2", "2. Parties\t3"),
    heading("Purpose", number=(1, 0)),
    p("We meet ", ins("weekly"), dele("daily"), note(2), number=(1, 1)),
    p("joined ", mark="del"),
    p("lead: ", control("Police", bound=("/p/lead", STORE)), simple_field("REF a", "4.2"), text_box(p("box"))),
    tbl([["Agency", "Date"], [tc("MSD", merge="restart"), control("x", kind="date", date="2026-03-02")], [tc(merge="continue"), "y"]]),
    p(signature_line("{A}", "Moana Haldane", "Sergeant")),
    lists=[CLAUSES],
    notes={2: "See the terms."},
    stores={STORE: "<p><lead>Police</lead></p>"},
    headers=[p("IN-CONFIDENCE")],
)  # fmt: skip
RUNS = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "60")),
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12), st.integers(0, 40)),
    min_size=1,
    max_size=6,
)
NAMES = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "customXml/item1.xml",
         "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "_xmlsignatures/sig1.xml"]  # fmt: skip


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(SEED, signer("Moana Haldane"))


@RUNS
@given(changes=CHANGES)
def test_a_file_with_changed_bytes_is_read_or_refused(
    signed: bytes, changes: list[tuple[float, bytes, int]]
) -> None:
    read(mutated(signed, changes))


@RUNS
@given(name=st.sampled_from(NAMES), changes=CHANGES)
def test_a_file_with_a_changed_part_is_read_or_refused(
    signed: bytes, name: str, changes: list[tuple[float, bytes, int]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(signed)) as archive:
        content = mutated(archive.read(name), changes)
    read(changed(signed, **{name.replace("/", "__").replace(".", "_dot_"): content}))


@RUNS
@given(
    name=st.sampled_from(NAMES),
    swaps=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=8),
)
def test_a_file_with_tags_in_the_wrong_place_is_read_or_refused(
    signed: bytes, name: str, swaps: list[tuple[int, int]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(signed)) as archive:
        pieces = archive.read(name).split(b"<")
    for a, b in swaps:
        pieces[a % len(pieces)], pieces[b % len(pieces)] = (
            pieces[b % len(pieces)],
            pieces[a % len(pieces)],
        )
    read(changed(signed, **{name.replace("/", "__").replace(".", "_dot_"): b"<".join(pieces)}))


@RUNS
@given(xml=st.recursive(st.sampled_from(["<w:p/>", "<w:t>x</w:t>", "<w:tab/>"]), lambda inner: st.builds(
    lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
    st.sampled_from(["p", "r", "tbl", "tr", "tc", "sdt", "sdtPr", "sdtContent", "ins", "del", "pPr", "rPr", "numPr", "tcPr",
                     "trPr", "pict", "txbxContent", "fldSimple", "hyperlink", "dropDownList", "date", "ffData", "fldChar"]),
    st.lists(inner, max_size=4)), max_leaves=40))  # fmt: skip
def test_any_nesting_of_words_own_elements_is_read(xml: str) -> None:
    assert isinstance(read(docx(xml)), str)


def mutated(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    for place, new, gone in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


def read(data: bytes) -> str | None:
    """The plain text, None for a refusal of one line; anything else is a failure."""
    try:
        package = open_package(data)
        verify_signatures(package, (), SIGNED_AT)
        return plain_text(read_document(package))
    except ProtocolError as error:
        refusal = str(error)
    assert 1 == len(refusal.splitlines())
    return None
