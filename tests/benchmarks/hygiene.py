"""Time a chat line takes, with and without the sentence model, beside Presidio without a language model."""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from knowledge.hygiene.scanning import scan
from knowledge.model import load_model
from tests.benchmarks._peers import installed

LINES = Path(__file__).parents[1] / "data" / "chat" / "author4.jsonl"


def main() -> None:
    rows = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    texts, roster = [row["text"] for row in rows], rows[0]["roster"]
    model = load_model()
    calls: dict[str, Callable[[str], object]] = {
        "clausewise, rules": lambda text: scan(text, roster),
        "clausewise, rules and meaning": lambda text: scan(text, roster, model=model),
    }
    if installed("presidio_analyzer"):
        calls["Presidio, no language model"] = _presidio()
    for name, call in calls.items():
        _line(name, call, texts)


def _line(name: str, call: Callable[[str], object], texts: list[str]) -> None:
    for text in texts[:20]:
        call(text)
    spent = []
    for text in texts * 3:
        began = time.perf_counter()
        call(text)
        spent.append(1000 * (time.perf_counter() - began))
    ordered = sorted(spent)
    rate, late = 1000 / statistics.fmean(spent), ordered[int(0.99 * len(ordered))]
    print(
        f"  {name:32} {rate:8.0f} lines/s  p50 {statistics.median(spent):7.2f} ms  p99 {late:7.2f} ms"
    )


def _presidio() -> Callable[[str], object]:
    import spacy  # type: ignore[import-not-found,unused-ignore]  # optional peer
    from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found,unused-ignore]  # optional peer
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found,unused-ignore]  # optional peer

    class Blank(SpacyNlpEngine):  # type: ignore[misc,unused-ignore]  # optional peer
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
    return lambda text: engine.analyze(text, language="en")
