"""The reliability plot in docs/answers.md: of the questions answered with a given confidence, how many were right.

python -m tests.eval_answers --halves HALF0.onnx HALF1.onnx --plot docs/pictures/reliability.svg
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LEAST = 8
_SIDE, _LEFT, _TOP = 300, 60, 20


def bins(said: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    """For each tenth with at least 8 questions: mean confidence, share whose first clause was right, count."""
    for low, high in pairwise(EDGES):
        own = [(c, right) for c, right in said if low <= c < high or c == high == 1.0]
        if len(own) >= LEAST:
            count = len(own)
            yield sum(c for c, _ in own) / count, sum(right for _, right in own) / count, count


def calibration_error(said: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over the bins: mean distance of confidence and truth, weighed by questions."""
    found = list(bins(said))
    return sum(abs(c - right) * count for c, right, count in found) / sum(n for _, _, n in found)


def plot(said: Sequence[tuple[float, bool]], title: str) -> str:
    """The plot as SVG: a point per bin, larger for more questions, and the line where confidence is truth."""
    points = "".join(
        f'<circle cx="{_x(c):.1f}" cy="{_y(right):.1f}" r="{3 + min(9, count / 25):.1f}" fill="#2f5d8a">'
        f"<title>confidence {c:.2f}, right {right:.2f}, {count} questions</title></circle>"
        for c, right, count in bins(said)
    )
    ticks = "".join(
        f'<text x="{_x(at):.0f}" y="{_TOP + _SIDE + 18}" text-anchor="middle">{at:.1f}</text>'
        f'<text x="{_LEFT - 8}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.1f}</text>'
        for at in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="380" viewBox="0 0 400 380" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{title}</title>'
        f'<rect width="400" height="380" fill="#fff"/><rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" '
        f'fill="none" stroke="#888"/><line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" '
        f'stroke-dasharray="4 4"/>{points}{ticks}<text x="{_LEFT + _SIDE / 2}" y="{_TOP + _SIDE + 40}" '
        f'text-anchor="middle">confidence</text><text transform="translate(18 {_TOP + _SIDE / 2}) rotate(-90)" '
        f'text-anchor="middle">share whose first clause answers</text></svg>\n'
    )


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - share)
