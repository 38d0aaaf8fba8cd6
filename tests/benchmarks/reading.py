"""Reading a Word file, beside other readers: median time and peak memory, each reader in a process of its own."""

import io
import multiprocessing
import resource
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from protocols.samples import sample_path
from tests.benchmarks._peers import installed, median_ms

TIMES = 20
Figures = tuple[float, float]


def main() -> None:
    sample = Path(sample_path())
    alone = _apart("nothing", sample)[1]
    figures = {name: _apart(name, sample) for name in READERS if _is_here(name)}
    base = figures["python-docx, paragraphs"]
    print(f"The sample protocol, {sample.stat().st_size // 1024} KB; memory above an empty process")
    for name, (spent, peak) in figures.items():
        memory, ratio = peak - alone, (peak - alone) / (base[1] - alone)
        print(
            f"  {name:28} {spent:8.1f} ms {spent / base[0]:6.2f} x   {memory:6.1f} MB {ratio:6.2f} x"
        )


def _clausewise(content: bytes) -> object:
    from protocols.reading import read_protocol

    return read_protocol(content, today=date(2026, 11, 22))


def _word(content: bytes) -> object:
    from protocols.word.blocks import read_document
    from protocols.word.package import open_package

    return read_document(open_package(content))


def _python_docx(content: bytes) -> object:
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def _docx2python(content: bytes) -> object:
    from docx2python import docx2python  # type: ignore[import-not-found,unused-ignore]  # optional peer

    return docx2python(io.BytesIO(content)).text


def _mammoth(content: bytes) -> object:
    import mammoth  # type: ignore[import-not-found,unused-ignore]  # optional peer

    return mammoth.extract_raw_text(io.BytesIO(content))


def _pandoc(content: bytes) -> object:
    return subprocess.run(
        ["pandoc", "-f", "docx", "-t", "plain"], input=content, capture_output=True, check=True
    )


READERS: Mapping[str, Callable[[bytes], object]] = {
    "clausewise, whole protocol": _clausewise,
    "clausewise, the Word file": _word,
    "python-docx, paragraphs": _python_docx,
    "docx2python": _docx2python,
    "mammoth": _mammoth,
    "pandoc": _pandoc,
}


def _is_here(name: str) -> bool:
    if name == "pandoc":
        return shutil.which("pandoc") is not None
    return name not in {"docx2python", "mammoth"} or installed(name)


def _apart(name: str, sample: Path) -> Figures:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (name, sample))


def _measured(name: str, sample: Path) -> Figures:
    """Milliseconds and MB, of this process and of those it started."""
    content = sample.read_bytes()
    spent = median_ms(lambda: READERS[name](content), TIMES) if name in READERS else 0.0
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return spent, max(peaks) / 1024
