"""What is no Word file, or built to harm, is refused with one clear line, quickly and in little memory."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from protocols.errors import NotADocx, ProtocolError, UnsafeDocx
from protocols.word.blocks import read_document
from protocols.word.package import open_package
from protocols.word.text import plain_text
from tests.support.signing import changed
from tests.support.word import (
    CLAUSES,
    NAMESPACES,
    control,
    docx,
    note,
    p,
    pack,
    parts,
    relationships,
    tbl,
    tc,
    tr,
)

ORDINARY = docx(p("Clause", number=(1, 0)), lists=[CLAUSES])
STORE = "{11111111-2222-3333-4444-555555555555}"


def body(inner: str, prolog: str = "") -> bytes:
    document = f"{prolog}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"
    return changed(ORDINARY, word__document_dot_xml=document)


def twice(name: str) -> bytes:
    out = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "<other/>")
    return out.getvalue()


def locked() -> bytes:
    """The flag of an encrypted entry set in both headers of the first part."""
    data = bytearray(ORDINARY)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("is empty", b""),
        ("a PDF", b"%PDF-1.7 ..."),
        ("RTF", b"{\\rtf1 ...}"),
        ("a web page", b"\n<!DOCTYPE html><html>"),
        ("an XML file", b"<?xml version='1.0'?><pkg/>"),
        ("old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("password-protected", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        ("password-protected", locked()),
        ("not a Word document", b"plain words"),
        ("not a Word document", b"MZ" + ORDINARY),
        ("incomplete", ORDINARY[: len(ORDINARY) // 2]),
        ("damaged", body("<w:p>")),
        ("damaged", body("<w:p>\x01</w:p>")),
        ("no [Content_Types].xml", changed(ORDINARY, **{"[Content_Types]_dot_xml": None})),
        ("no main document part", changed(ORDINARY, _rels___dot_rels=None)),
        ("no main document part", changed(ORDINARY, word__document_dot_xml=None)),
        (
            "no main document part",
            changed(ORDINARY, _rels___dot_rels=relationships([("officeDocument", "../../../../etc/passwd")])),
        ),
        (
            "not a Word document",
            changed(ORDINARY, **{"[Content_Types]_dot_xml": str(parts()["[Content_Types].xml"]).replace("wordprocessing", "spreadsheet")}),
        ),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_named(what: str, data: bytes) -> None:
    with pytest.raises(NotADocx) as refused:
        read_document(open_package(data))
    assert (True, 1) == (what in str(refused.value), len(str(refused.value).splitlines()))


def test_bytes_that_rot_in_the_middle_are_named() -> None:
    rotten = bytearray(ORDINARY)
    rotten[rotten.index(b"word/document.xml") + 40] ^= 0xFF
    with pytest.raises(NotADocx, match=r"damaged at word/document\.xml"):
        open_package(bytes(rotten))


ENTITY = '<!DOCTYPE w:document [<!ENTITY a "hidden">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    + "]>"
)
UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("twice", lambda: twice("word/document.xml")),
        ("twice", lambda: twice("WORD/Document.xml")),
        ("twice", lambda: twice("word\\document.xml")),
        ("document type", lambda: body("<w:p><w:r><w:t>A&a;B</w:t></w:r></w:p>", ENTITY)),
        ("document type", lambda: body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", LAUGHS)),
        ("document type", lambda: body("", '<!DOCTYPE w SYSTEM "http://example.org/a.dtd">')),
        (
            "document type",
            lambda: changed(ORDINARY, word__document_dot_xml=f"{UTF16}{ENTITY}<w:document {NAMESPACES}/>".encode("utf-16")),
        ),
        ("document type", lambda: changed(ORDINARY, word__styles_dot_xml="<!DOCTYPE a><a/>")),
        ("more than 100 MB", lambda: changed(ORDINARY, word__media__a_dot_png=b"\0" * 100_000_001)),
        ("more than 40 MB", lambda: changed(ORDINARY, word__extra_dot_xml="<a>" + " " * 40_000_001 + "</a>")),
        ("parts, more than", lambda: pack(parts() | {f"word/media/{i}.png": b"" for i in range(5_001)})),
        ("more elements than", lambda: body("<w:p/>" * 2_000_000)),
        ("paragraphs", lambda: body("<w:p/>" * 900_000)),
        ("nested", lambda: body("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000)),
        ("nested or grown", lambda: body(f"<w:p><w:r><w:t>{'x' * 11_000_000}</w:t></w:r></w:p>")),
        (
            "repeat more text",
            lambda: docx(tbl([[tc("x" * 9_000_000, merge="restart")], *[tr(tc(merge="continue"))] * 3])),
        ),
        (
            "repeat more text",
            lambda: docx(*[p(control("a", bound=("/a", STORE)))] * 30, stores={STORE: f"<a>{'x' * 900_000}</a>"}),
        ),
    ],
)  # fmt: skip
def test_what_is_built_to_harm_is_refused(what: str, make: Callable[[], bytes]) -> None:
    with pytest.raises(UnsafeDocx) as refused:
        read_document(open_package(make()))
    assert (True, 1) == (what in str(refused.value), len(str(refused.value).splitlines()))


HEAVY: Mapping[str, Callable[[], bytes]] = {
    "one mark for each paragraph": lambda: body("<w:p/>" * 900_000),
    "rows": lambda: body("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 49_000 + "</w:tbl>"),
    "text": lambda: body(f"<w:p><w:r><w:t>{'x ' * 4_500_000}</w:t></w:r></w:p>" * 4),
    "attributes": lambda: body("<w:p " + " ".join(f'a{i}="1"' for i in range(350_000)) + "/>"),
    "numbers": lambda: docx(*[p("x", number=(1, 1))] * 49_000, lists=[CLAUSES]),
    "empty runs": lambda: body("<w:p>" + "<w:r/>" * 900_000 + "</w:p>"),
    "columns": lambda: docx(
        "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="50000000"/></w:tcPr><w:p/></w:tc></w:tr>' * 999 + "</w:tbl>"
    ),
    "styles that inherit": lambda: docx(
        *[p("x", style=f"S{i}") for i in range(6_000)],
        styles="".join(
            f'<w:style w:type="paragraph" w:styleId="S{i}"><w:basedOn w:val="S{i + 1}"/></w:style>' for i in range(20_000)
        ),
    ),
    "open fields": lambda: docx(*[p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')] * 20_000),
    "bindings": lambda: docx(
        *[p(control("x", bound=(f"/*[1]/*[1]/b[{i}]", STORE))) for i in range(3_000)],
        stores={STORE: "<a><a>" + "<b/>" * 20_000 + "</a></a>"},
    ),
    "a large picture many times": lambda: changed(
        docx(*[p('<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>')] * 5_000),
        word__media__i_dot_png=b"\0" * 90_000_000,
        word___rels__document_dot_xml_dot_rels=relationships([("image", "media/i.png")]).replace("rId1", "rId9"),
    ),
}  # fmt: skip
MEASURE = """
import json, pathlib, re, sys, time
from protocols.errors import ProtocolError
from protocols.word.blocks import read_document
from protocols.word.package import open_package
data = pathlib.Path(sys.argv[1]).read_bytes()
started = time.process_time()
try:
    read_document(open_package(data))
except ProtocolError:
    pass
seconds = time.process_time() - started
peak = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
print(json.dumps([seconds, int(peak[1]) // 1024]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("case", HEAVY)
def test_the_heaviest_files_that_pass_take_two_seconds_and_200_mb_at_most(
    case: str, tmp_path: Path
) -> None:
    path = tmp_path / "heavy.docx"
    path.write_bytes(HEAVY[case]())
    run = [sys.executable, "-c", MEASURE, str(path)]
    measured = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    seconds, megabytes = json.loads(measured)
    assert (True, True) == (seconds < 2, megabytes < 200), (seconds, megabytes)


@pytest.mark.parametrize(
    "deep", ["<w:sdt><w:sdtContent>", "<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:pict><w:txbxContent>"]
)
def test_what_the_parser_lets_through_never_runs_the_reader_out_of_depth(deep: str) -> None:
    names = [name.split()[0] for name in deep.strip("<>").split("><")]
    levels = 240 // len(names)
    close = "".join(f"</{name}>" for name in reversed(names))
    assert "deep" == plain_text(
        read_document(open_package(body(deep * levels + p("deep") + close * levels)))
    )


@pytest.mark.parametrize(
    "missing", ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "docProps/core.xml"]
)
def test_a_part_that_is_missing_costs_only_what_it_held(missing: str) -> None:
    made = parts(p("Clause", note(2), number=(1, 0)), lists=[CLAUSES], notes={2: "Note."})
    del made[missing]
    assert "Clause" in plain_text(read_document(open_package(pack(made))))


def test_a_refusal_never_quotes_the_document() -> None:
    with pytest.raises(ProtocolError) as refused:
        read_document(open_package(body("<w:p>Mere Parata</w:q>")))
    assert "Mere" not in str(refused.value)
