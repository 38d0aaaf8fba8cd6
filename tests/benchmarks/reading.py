"""Reading a protocol whole, beside readers that give text alone."""

import io
from datetime import date
from pathlib import Path

import docx

from protocols.reading import read_protocol
from protocols.samples import sample_path
from protocols.word.blocks import read_document
from protocols.word.package import open_package
from tests.benchmarks._peers import installed, median_ms, table

TIMES = 20


def main() -> None:
    content = Path(sample_path()).read_bytes()
    figures = {
        "clausewise, whole protocol": median_ms(
            lambda: read_protocol(content, today=date(2026, 11, 22)), TIMES
        ),
        "clausewise, the Word file": median_ms(lambda: read_document(open_package(content)), TIMES),
        "python-docx, paragraphs": median_ms(
            lambda: [p.text for p in docx.Document(io.BytesIO(content)).paragraphs], TIMES
        ),
    }
    if installed("docx2python"):
        from docx2python import docx2python  # type: ignore[import-not-found,unused-ignore]  # optional peer

        figures["docx2python"] = median_ms(lambda: docx2python(io.BytesIO(content)).text, TIMES)
    if installed("mammoth"):
        import mammoth  # type: ignore[import-not-found,unused-ignore]  # optional peer

        figures["mammoth"] = median_ms(lambda: mammoth.extract_raw_text(io.BytesIO(content)), TIMES)
    table(f"The sample protocol, {len(content) // 1024} KB", "clausewise, the Word file", figures)
