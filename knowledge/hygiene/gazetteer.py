"""vicary's gazetteer of places and notable people in 3 MB: of each name only its hash is held, in order.

vicary's own form, a set of strings for each kind of name, takes 80 MB.
"""

import gzip
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import numpy as np
from vicary.gazetteer import PARTICLES, SUPPORTED_FORMAT, asset_path, normalize


class Names:
    """Names as sorted hashes. A name that is not in it is taken for one that is once in 10^13 questions."""

    def __init__(self, hashes: "array[int]") -> None:
        np.frombuffer(hashes, dtype=np.int64).sort()
        self._hashes = hashes

    def __contains__(self, name: str) -> bool:
        wanted = hash(name)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted


def names_a_place(word: str) -> bool:
    """Whether this is a place, a settlement, or what its people are called; as vicary decides it."""
    key = normalize(word)
    known = _kinds()
    if key in known["place"] or key in known["settlement"]:
        return True
    return " " not in key and key in known["demonym"] and key not in known["short"]


def names_a_public_figure(name: str) -> bool:
    """Whether this full name is a notable person's and no place's; as vicary decides it."""
    key = normalize(name)
    known = _kinds()
    words = key.split()
    if len(words) < 2 or key not in known["full"] or key in known["place"]:
        return False
    return not (len(words) <= 3 and words[0] in PARTICLES and key in known["short"])


@cache
def _kinds() -> dict[str, Names]:
    hashes: dict[str, array[int]] = {
        kind: array("q") for kind in ("place", "settlement", "demonym", "short", "full")
    }
    for kind, name in _listed():
        if kind in hashes:
            hashes[kind].append(hash(name))
    return {kind: Names(found) for kind, found in hashes.items()}


def _listed() -> Iterator[tuple[str, str]]:
    """Each name in vicary's file, after its kind."""
    kind = ""
    with gzip.open(asset_path(), "rt", encoding="utf-8") as lines:
        if next(lines).split() != ["#!gazetteer", str(SUPPORTED_FORMAT)]:
            raise ValueError("vicary's gazetteer is of another format. Install from the lock.")
        for line in lines:
            if line.startswith("#!tier"):
                kind = line.split()[1]
            elif not line.startswith("#!"):
                yield kind, line.rstrip("\n")
