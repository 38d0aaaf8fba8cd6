"""The compact gazetteer answers as vicary's own does, for every name in it and for many that are not."""

import gzip

import pytest
from vicary import gazetteer

from knowledge.hygiene.gazetteer import names_a_place, names_a_public_figure
from knowledge.hygiene.lexicon import lexicon


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every listed name, beginnings and ends of them, and words of ordinary language alone and in twos."""
    with gzip.open(gazetteer.asset_path(), "rt", encoding="utf-8") as lines:
        listed = [line.strip() for line in lines if not line.startswith("#!")]
    words = list(lexicon())
    parts = [part for name in listed[::7] for part in (name[:-1], name.partition(" ")[2])]
    pairs = [f"{one} {other}".title() for one, other in zip(words, words[::-1], strict=True)]
    return [*listed, *parts, *words, *pairs, "", "Te Tai Tokerau", "O’Neill’s", "van Gogh"]


def test_places_are_those_of_the_package(asked: list[str]) -> None:
    theirs = gazetteer.load()
    differ = [
        name
        for name in asked
        if names_a_place(name)
        != (theirs.notability(name) in ("place", "demonym") or theirs.is_settlement(name))
    ]
    assert [] == differ


def test_public_figures_are_those_of_the_package(asked: list[str]) -> None:
    theirs = gazetteer.load()
    differ = [
        name
        for name in asked
        if names_a_public_figure(name) != (theirs.notability(name) == "full_name")
    ]
    assert [] == differ
