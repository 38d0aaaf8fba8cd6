"""What is known of a word: which dictionaries hold it and whose name it may be."""

import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.resources import files

from knowledge.hygiene.folding import fold

_GROUPS = ("maori", "pasifika", "asian", "european")
_LOCALES = ("en_NZ", "en_GB", "en_US", "en_IN", "en_PK", "en_KE", "id_ID", "yo_NG", "ig_NG")


class Known:
    """Lists a word stands in, as bits (plain integers: every word of every line is asked)."""

    COMMON = 1
    ENGLISH = 2
    TE_REO = 4
    PACIFIC = 8
    JARGON = 16
    ORGANISATION = 32
    PLACE = 64
    PUBLIC = 128
    GIVEN = 256
    SURNAME = 512
    LOCALE = 1024


NAME = Known.GIVEN | Known.SURNAME | Known.LOCALE
WORD = Known.COMMON | Known.ENGLISH | Known.TE_REO | Known.PACIFIC | Known.JARGON


@cache
def lexicon() -> dict[str, int]:
    """Every listed word with its lists, for those who learn from them; `known_words` is for looking one up."""
    return read_lexicon()


def read_lexicon() -> dict[str, int]:
    """Every listed word, folded to plain lower case; several words of one place or person joined by a hyphen."""
    known: dict[str, int] = {}
    _add(known, Known.COMMON, _lines("english_common.txt"))
    _add(known, Known.ENGLISH, _lines("english.txt"))
    words = _toml("words")
    for section, flag in (
        ("te_reo", Known.TE_REO),
        ("pacific", Known.PACIFIC),
        ("jargon", Known.JARGON),
        ("organisation", Known.ORGANISATION),
        ("places", Known.PLACE),
        ("public_figures", Known.PUBLIC),
    ):
        _add(known, flag, fold(words[section]).text.lower().split())
    for group in _GROUPS:
        names = _toml(group)
        _add_names(known, Known.GIVEN, names["given"])
        _add_names(known, Known.SURNAME, names["surnames"])
    for locale in _LOCALES:
        _add(known, Known.LOCALE, _locale(locale))
    _forget_faker()
    return known


def _add(known: dict[str, int], flag: int, words: Iterable[str]) -> None:
    for word in words:
        known[word] = known.get(word, 0) | flag


def _add_names(known: dict[str, int], flag: int, names: str) -> None:
    for name in fold(names).text.lower().split():
        _add(known, flag, {name, *name.split("-")} if flag == Known.SURNAME else {name})


def _lines(name: str) -> list[str]:
    lines = files("knowledge.names").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _toml(name: str) -> dict[str, str]:
    return tomllib.loads(files("knowledge.names").joinpath(f"{name}.toml").read_text("utf-8"))


def _locale(locale: str) -> list[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    lists = ("first_names", "first_names_male", "first_names_female", "last_names")
    names = {name for part in lists for name in getattr(provider, part, ())}
    return [name.lower() for name in names if name.isascii() and " " not in name and len(name) > 2]


def _forget_faker() -> None:
    """Its lists are read, and nothing else needs it: 10 MB."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "faker"]:
        del sys.modules[name]
