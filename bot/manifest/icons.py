"""The app's icons as PNG, drawn here: a speech bubble that holds two lines of text.

Sizes and colours: Teams asks for 192 x 192 in full colour and 32 x 32 in white on nothing.
Shapes are signed distances (below 0 is inside) on a 32 x 32 drawing.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float64]
_DRAWING = 32.0
_TEAL, _WHITE = np.array([15, 92, 92]), np.array([255, 255, 255])


def colour_icon() -> bytes:
    """The icon for the app's page and its messages."""
    grid = _Grid.of(192)
    lines = _lines(grid, [(11.5, 12, 20), (15.8, 12, 17)])
    paper = grid.cover(np.maximum(_bubble(grid, 8, 7, 24, 21), -lines))
    colour = _TEAL + (_WHITE - _TEAL) * paper[..., None]
    return _png(colour, np.ones_like(paper))


def outline_icon() -> bytes:
    """The icon for narrow bars, where Teams gives the colour."""
    grid = _Grid.of(32)
    lines = _lines(grid, [(10, 10, 22), (15, 10, 17)])
    ink = np.minimum(np.abs(_bubble(grid, 3, 3, 29, 22)) - 1, lines)
    return _png(np.broadcast_to(_WHITE, (32, 32, 3)), grid.cover(ink))


@dataclass(frozen=True, slots=True)
class _Grid:
    """The centres of the pixels, in the drawing's units."""

    x: Field
    y: Field
    scale: float

    @classmethod
    def of(cls, size: int) -> "_Grid":
        centres = (np.arange(size) + 0.5) * _DRAWING / size
        x, y = np.meshgrid(centres, centres)
        return cls(x, y, size / _DRAWING)

    def cover(self, distance: Field) -> Field:
        """How much of each pixel a shape covers, 0 to 1."""
        return np.clip(0.5 - distance * self.scale, 0, 1)


def _bubble(grid: _Grid, left: float, top: float, right: float, bottom: float) -> Field:
    """A rounded box with a tail at its lower left."""
    round_by = 2.5
    across = np.abs(grid.x - (left + right) / 2) - (right - left) / 2 + round_by
    down = np.abs(grid.y - (top + bottom) / 2) - (bottom - top) / 2 + round_by
    box = (
        np.hypot(np.maximum(across, 0), np.maximum(down, 0))
        + np.minimum(np.maximum(across, down), 0)
        - round_by
    )
    tip = left + 4
    slope = (grid.x + grid.y - (tip + bottom + 6)) / np.sqrt(2)
    tail = np.maximum.reduce([tip - grid.x, bottom - 3 - grid.y, slope])
    return np.minimum(box, tail)


def _lines(grid: _Grid, rows: Sequence[tuple[float, float, float]]) -> Field:
    """Lines of text: height, start and end of each."""
    far = [np.hypot(grid.x - np.clip(grid.x, start, end), grid.y - y) for y, start, end in rows]
    nearest: Field = np.min(far, axis=0)
    return nearest - 1


def _png(colour: Field | NDArray[np.int_], alpha: Field) -> bytes:
    """RGBA, eight bits each (https://www.w3.org/TR/png/)."""
    height, width = alpha.shape
    pixels = np.dstack([colour, alpha * 255]).round().astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
