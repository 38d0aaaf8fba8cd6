"""The lexicon as it is looked up, in 1 MB: of each word only its hash is held, in order, and beside it its lists.

As strings in a dictionary the words take 10 MB.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from knowledge.hygiene.lexicon import read_lexicon


class Words:
    """Lists by word, as bits. A word on no list is taken for one that is once in 10^14 questions."""

    def __init__(self, known: Mapping[str, int]) -> None:
        ordered = sorted((hash(word), lists) for word, lists in known.items())
        self._hashes = array("q", (word for word, _ in ordered))
        self._lists = array("h", (lists for _, lists in ordered))

    def get(self, word: str, default: int) -> int:
        """The lists a word stands in, else the default."""
        wanted = hash(word)
        at = bisect_left(self._hashes, wanted)
        found = at < len(self._hashes) and self._hashes[at] == wanted
        return self._lists[at] if found else default


@cache
def known_words() -> Words:
    """Every listed word."""
    return Words(read_lexicon())
