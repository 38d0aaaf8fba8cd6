"""The lexicon as it is looked up says what the lexicon says, for every word in it and for others."""

from knowledge.hygiene.lexicon import lexicon
from knowledge.hygiene.words import known_words


def test_every_word_has_its_lists() -> None:
    assert [] == [word for word, lists in lexicon().items() if known_words().get(word, -1) != lists]


def test_other_words_are_on_no_list() -> None:
    others = {f"{word}{end}" for word in lexicon() for end in ("zq", " ")} - lexicon().keys()
    assert [] == [word for word in others if known_words().get(word, 0) != 0]
