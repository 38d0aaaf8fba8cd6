"""A message as the recognisers read it, and the way back to the places in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’ʻʼʹ`´′ꞌ", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        "\r": " ",
    }
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_ZERO_AS_O = re.compile(r"(?<![A-Za-z])(?=[oO \-()+]*\d)[\doO]*[oO][\doO]*(?![A-Za-z])")
_DIGIT_WORDS = {
    **dict(
        zip(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
            "0123456789",
            strict=True,
        )
    ),
    **dict(
        zip(
            ["kore", "tahi", "rua", "toru", "wha", "rima", "ono", "whitu", "waru", "iwa"],
            "0123456789",
            strict=True,
        )
    ),
    **dict.fromkeys(("oh", "o", "nought", "naught"), "0"),
}
_TIMES = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}
_WORD = rf"(?:(?:{'|'.join(_TIMES)})\s+)?(?:{'|'.join(_DIGIT_WORDS)})"
_WORDED = re.compile(rf"\b{_WORD}(?:[\s,.\-]+{_WORD}){{4,}}\b", re.IGNORECASE)
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>|]+", re.IGNORECASE)
_PERSONAL_LINK = re.compile(
    r"(?:facebook|fb|instagram|tiktok|snapchat|twitter|x|threads|linkedin)\.com/", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` without macrons and curly marks; `at[i]` is where its i-th character stands."""

    text: str
    at: tuple[int, ...]
    end: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `text[start:end]`."""
        stop = self.at[end] if end < len(self.at) else self.end
        last = self.at[end - 1]
        return self.at[start], stop if stop - last <= 2 else last + 1


def fold(text: str) -> Folded:
    """The message ready for matching: plain letters, digit words as digits, links blanked."""
    folded = _letters(text)
    folded = _digits(folded)
    plain = _ZERO_AS_O.sub(lambda found: re.sub("[oO]", "0", found[0]), folded.text)
    plain = _LINK.sub(_blank, plain)
    return Folded(plain, folded.at, folded.end)


@cache
def _base(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in decomposed if not unicodedata.combining(part))
    return kept if len(kept) == 1 else ("" if unicodedata.combining(character) else character)


def _letters(text: str) -> Folded:
    plain = text.translate(_SAME)
    if plain.isascii():
        return Folded(plain, tuple(range(len(text))), len(text))
    kept = [
        (base, place)
        for place, character in enumerate(plain)
        if not _INVISIBLE.match(character)
        for base in _base(character)
    ]
    return Folded("".join(base for base, _ in kept), tuple(place for _, place in kept), len(text))


def _digits(folded: Folded) -> Folded:
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for found in _WORDED.finditer(folded.text):
        digits = _spelled(found[0])
        parts += [folded.text[done : found.start()], digits]
        at += folded.at[done : found.start()]
        at += _spread(folded.at, found.start(), found.end(), len(digits))
        done = found.end()
    if not parts:
        return folded
    return Folded("".join([*parts, folded.text[done:]]), (*at, *folded.at[done:]), folded.end)


def _spelled(words: str) -> str:
    digits, times = "", 1
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _TIMES:
            times = _TIMES[word]
        else:
            digits, times = digits + _DIGIT_WORDS[word] * times, 1
    return digits


def _spread(at: tuple[int, ...], start: int, end: int, count: int) -> list[int]:
    """Places for the digits that stand for a run of words: all at its start, the last at its end."""
    return [at[start]] * (count - 1) + [at[end - 1]]


def _blank(found: re.Match[str]) -> str:
    return found[0] if _PERSONAL_LINK.search(found[0]) else " " * len(found[0])
