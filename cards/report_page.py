"""The report as one HTML page to print, its charts drawn inline: nothing is fetched, nothing runs."""

from collections.abc import Sequence
from html import escape

from cards import wording
from cards.report import charts, totals
from knowledge.report import Report
from protocols.model import Protocol

_STYLE = """
body { font: 16px/1.5 "Segoe UI", system-ui, sans-serif; color: #242424; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.quiet { color: #5c5c5c; margin-top: .25rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid #e0e0e0; }
td:last-child, th:last-child { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; } rect { fill: #0f5c5c; } text { font-size: 13px; fill: #242424; }
@media print { body { margin: 0; max-width: none; } section { break-inside: avoid; } }
"""
_ROW = 26
_LABEL = 250
_WIDTH = 640


def report_page(report: Report, protocol: Protocol) -> str:
    """A whole page in English; every chart has its numbers beside the bars."""
    source = wording.source(protocol.title, protocol.version, protocol.signature.state)
    sections = "".join(_section(title, rows) for title, rows in charts(report))
    return (
        '<!doctype html><html lang="en-NZ"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(wording.REPORT)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(wording.REPORT)}</h1>"
        f'<p class="quiet">{escape(source)}<br>{escape(wording.span(report.first, report.last))}</p>'
        f"{_table(totals(report))}{sections}"
        f'<p class="quiet">{escape(wording.REPORT_PRIVACY)}</p></body></html>'
    )


def _table(rows: Sequence[tuple[str, str]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in wording.REPORT_COLUMNS)
    body = "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> str:
    drawn = (
        _chart(title, rows) if rows else f'<p class="quiet">{escape(wording.REPORT_NOTHING)}</p>'
    )
    return f"<section><h2>{escape(title)}</h2>{drawn}</section>"


def _chart(title: str, rows: Sequence[tuple[str, str]]) -> str:
    largest = max(int(count) for _, count in rows) or 1
    bars = "".join(
        _bar(place, name, int(count), largest) for place, (name, count) in enumerate(rows)
    )
    height = _ROW * len(rows) + 4
    told = escape(f"{title}: {', '.join(f'{name} {count}' for name, count in rows)}")
    return f'<svg role="img" aria-label="{told}" viewBox="0 0 {_WIDTH} {height}">{bars}</svg>'


def _bar(place: int, name: str, count: int, largest: int) -> str:
    top = place * _ROW
    width = round((_WIDTH - _LABEL - 60) * count / largest, 1)
    return (
        f'<text x="0" y="{top + 17}">{escape(name)}</text>'
        f'<rect x="{_LABEL}" y="{top + 4}" width="{width}" height="17" rx="3"/>'
        f'<text x="{_LABEL + width + 8}" y="{top + 17}">{count}</text>'
    )
