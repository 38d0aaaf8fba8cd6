"""Two versions compared: clauses, words, numbers, and who may share what."""

from protocols.changes import changes, word_changes
from tests.support.agreements import PARTIES, read, shared, written
from tests.support.word import heading, p

ROW = ("Bail conditions", "Police", "Oranga Tamariki", "Family Violence Act 2018, section 20")
OLD = read(
    *PARTIES,
    shared(
        ROW, ("Care status", "Oranga Tamariki", "Police", "Oranga Tamariki Act 1989, section 66C")
    ),
    heading("Review"),
    p("5.1\tPolice starts a review every 12 months and tells everyone what it found."),
    p("5.2\tAnyone may ask for an earlier one in writing."),
)
NEW = read(
    *PARTIES,
    shared(
        (*ROW[:2], "Oranga Tamariki; the Trust", ROW[3]),
        ("Visits kept", "The Trust", "Police", "Privacy Act 2020, principle 11"),
    ),
    heading("Review"),
    p("5.1\tThe lead keeps the signed copy of this protocol in its register."),
    p("5.2\tPolice starts a review every 24 months and tells everyone what it found."),
    p("5.3\tAnyone may ask for an earlier one in writing."),
)
FOUND = changes(OLD, NEW)


def test_added_and_removed_clauses_are_told_apart() -> None:
    assert (["Table 1, row 2", "5.1"], ["Table 1, row 2"]) == (
        [clause.cite for clause in FOUND.added],
        [clause.cite for clause in FOUND.removed],
    )


def test_a_reworded_clause_is_found_under_its_new_number() -> None:
    pair = next(pair for pair in FOUND.reworded if pair.new.section == "review")
    assert ("5.1", "5.2") == (pair.old.cite, pair.new.cite)
    assert [("removed", "12"), ("added", "24")] == [
        (w.change, w.text) for w in pair.words if w.change != "kept"
    ]


def test_a_clause_that_only_moved_is_renumbered() -> None:
    assert [("5.2", "5.3")] == [(old.cite, new.cite) for old, new in FOUND.renumbered]


def test_rules_are_told_in_plain_sentences() -> None:
    assert (
        "Kōwhai Trust may now receive “Bail conditions” (Table 1, row 1) from New Zealand Police.",
        "New: Kōwhai Trust may share “Visits kept” with New Zealand Police under Privacy Act 2020, principle 11 (Table 1, row 2).",
        "Oranga Tamariki may no longer share “Care status” with New Zealand Police (was Table 1, row 2).",
    ) == FOUND.rules


def test_the_same_version_has_no_changes() -> None:
    same = changes(written("housing"), written("housing"))
    assert ("Nothing changed.",) == same.sentences()


def test_words_put_together_are_the_old_and_the_new_text() -> None:
    old, new = "Told by noon, the day before.", "Told by 4 pm the day before, in writing."
    words = word_changes(old, new)
    assert (old, new) == (
        "".join(w.text for w in words if w.change != "added"),
        "".join(w.text for w in words if w.change != "removed"),
    )


def test_the_json_names_old_and_new() -> None:
    assert {"added", "removed", "reworded", "renumbered", "rules"} == FOUND.to_json().keys()
