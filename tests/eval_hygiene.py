"""How well the scan does: `eval_hygiene.py [--left-out] [--talk SENTENCES.txt] [FILE.jsonl...]`.

`--left-out` scores each author with weights learned from the others (minutes); without it the shipped weights score.
Every figure comes without the semantic stage and with it.
"""

import argparse
import re
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from knowledge.hygiene.finding import Scan
from knowledge.hygiene.folding import fold
from knowledge.hygiene.lexicon import NAME, lexicon
from knowledge.hygiene.scanning import scan
from knowledge.hygiene.weights import Weights, load_weights
from knowledge.model import load_model
from knowledge.training.chat_lines import AUTHORS, CHAT, Line, read_lines
from knowledge.training.hygiene import left_out

CARRIERS = (
    "{} is next on the list",
    "has anyone heard from {} this week",
    "{}'s mum rang, she's worried",
    "can health check on {} please",
    "I saw {} at the clinic yesterday",
    "we still haven't found a place for {}",
)
ROSTER = ("Dave Prendergast", "Hinemoa Paki", "Losa Tuilagi", "Priya Venkatesan")
Scanner = Callable[[str, Sequence[str]], Scan]


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--talk", type=Path)
    options.add_argument("--left-out", action="store_true")
    given = options.parse_args()
    model = load_model()
    authors = {path.stem: _lines(path) for path in given.files} or {
        name: read_lines(name) for name in AUTHORS
    }
    learned = dict(_learned()) if given.left_out else {}
    for stage, used in (("rules", None), ("rules + meaning", model)):
        print(f"\n== {stage}" + (" (each author unseen)" if learned else ""))
        every: list[tuple[Line, Scan]] = []
        for author, lines in authors.items():
            weights = learned.get(author, load_weights())
            scored = [
                (line, scan(line.text, line.roster, model=used, weights=weights)) for line in lines
            ]
            print(f"{author:10} {_figures(scored)}")
            every += scored
        print(
            f"{'all':10} {_figures(every)}\n  recall by kind: {_kinds(every)}\n  false alarms: {_alarms(every)}"
        )
        whole: Scanner = lambda text, roster, used=used: scan(text, roster, model=used)  # type: ignore[misc]  # noqa: E731
        print(
            "  unlisted names: "
            + "  ".join(f"{group} {recall:.3f}" for group, recall in _groups(whole))
        )
        if given.talk:
            print(f"  meeting talk: {_talk(given.talk, whole)}")


def _lines(path: Path) -> list[Line]:
    return (
        read_lines(path.stem)
        if path.parent == CHAT
        else read_lines(str(path.resolve().with_suffix("")))
    )


def _learned() -> Iterator[tuple[str, Weights]]:
    model = load_model()
    if model is None:
        raise SystemExit("The sentence model is not installed.")
    shipped = load_weights()
    for line, weights in left_out(AUTHORS, model):
        yield line.author, weights.judging_as(shipped)


def _figures(scored: Sequence[tuple[Line, Scan]]) -> str:
    decided = [(line.warn, found.warn) for line, found in scored if line.warn is not None]
    hits = sum(1 for gold, said in decided if gold and said)
    alarms = sum(1 for gold, said in decided if said and not gold)
    wanted, innocent = (
        sum(1 for gold, _ in decided if gold),
        sum(1 for gold, _ in decided if not gold),
    )
    precision, recall = hits / max(hits + alarms, 1), hits / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    numbers, found = _structured(scored)
    return (
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
        f"false alarms per 100 {100 * alarms / max(innocent, 1):.1f}  structured recall {found}/{numbers}"
    )


def _structured(scored: Sequence[tuple[Line, Scan]]) -> tuple[int, int]:
    counted = _counted(scored)
    kinds = [kind for kind in counted if kind not in ("person_name", "sensitive_detail")]
    return sum(counted[kind][1] for kind in kinds), sum(counted[kind][0] for kind in kinds)


def _counted(scored: Sequence[tuple[Line, Scan]]) -> dict[str, list[int]]:
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line, found in scored:
        for start, end, kind in line.spans if line.warn else ():
            counted[kind][1] += 1
            counted[kind][0] += any(
                one.kind == kind and one.start < end and start < one.end for one in found.findings
            )
    return counted


def _kinds(scored: Sequence[tuple[Line, Scan]]) -> str:
    return "  ".join(
        f"{kind} {found}/{of}" for kind, (found, of) in sorted(_counted(scored).items())
    )


def _alarms(scored: Sequence[tuple[Line, Scan]]) -> str:
    alarms = Counter(line.category for line, found in scored if found.warn and line.warn is False)
    return "  ".join(f"{category} {count}" for category, count in alarms.most_common())


def _groups(scanner: Scanner) -> Iterator[tuple[str, float]]:
    """Share of full names in no shipped list that warn, in carrier sentences, by group."""
    groups = tomllib.loads((CHAT / "unlisted_names.toml").read_text(encoding="utf-8"))
    for group, listed in groups.items():
        names = [name for name in re.split(r"[|\n]", listed.strip()) if not _shipped(name)]
        said = [
            scanner(carrier.format(name), ROSTER).warn for name in names for carrier in CARRIERS
        ]
        yield f"{group} ({len(names)})", sum(said) / len(said)


def _shipped(name: str) -> bool:
    return any(
        lexicon().get(word, 0) & NAME for word in re.findall(r"[a-z']+", fold(name).text.lower())
    )


def _talk(path: Path, scanner: Scanner) -> str:
    sentences = [
        line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    took, alarms = [], 0
    for sentence in sentences:
        began = time.perf_counter()
        alarms += scanner(sentence, ()).warn
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    return (
        f"{1000 * alarms / len(sentences):.2f} alarms per 1,000 ({alarms}); "
        f"p50 {took[len(took) // 2]:.2f} ms, p99 {took[int(0.99 * len(took))]:.2f} ms"
    )


if __name__ == "__main__":
    main()
