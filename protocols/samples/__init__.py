"""A made-up protocol to try things on, signed and unsigned."""

from pathlib import Path

_HERE = Path(__file__).parent


def sample_path(*, signed: bool = True) -> Path:
    """Where the sample protocol lies; the unsigned one has empty date cells."""
    return _HERE / ("sample.docx" if signed else "sample_unsigned.docx")
