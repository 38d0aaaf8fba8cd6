"""Words brought to one form."""

import pytest

from knowledge.agencies import Agencies
from knowledge.language import fold, glossed, repair, words
from knowledge.questions import ask, follow, leans_back, parts_of
from tests.test_knowledge.small import small_protocol


def test_macrons_apostrophes_and_case_are_folded() -> None:
    assert fold("Whānau's Kōrero") == "whanaus korero"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("unjustifed", "unjustified"), ("screnshot", "screenshot"), ("table", "table"), ("brid", "brid")],
)  # fmt: skip
def test_slips_are_mended_and_real_words_left_alone(typed: str, meant: str) -> None:
    assert [meant] == repair([typed], frozenset({"unjustified", "screenshot", "bride"}))


def test_te_reo_is_read_as_english_only_in_a_te_reo_sentence() -> None:
    te_reo = glossed(words("he aha te take o te hui"))
    assert "purpose" in te_reo
    assert ["can", "i", "take", "it"] == glossed(words("can i take it"))


def test_agencies_are_known_by_the_protocols_names_and_the_publics() -> None:
    agencies = Agencies(small_protocol())
    named = [m.agency.party for m in agencies.mentions(words("cops, OT, winz and MSD"))]
    msd = "Ministry of Social Development"
    assert ["New Zealand Police", "Oranga Tamariki", msd, msd] == named


def test_who_tells_and_who_hears_are_told_apart() -> None:
    agencies = Agencies(small_protocol())
    told, heard = (ask(agencies, q) for q in ("can police tell OT", "can OT hear it from police"))
    roles = [(a.sharers[0].party, a.recipients[0].party) for a in (told, heard)]
    assert roles == [("New Zealand Police", "Oranga Tamariki")] * 2


@pytest.mark.parametrize(
    ("text", "sharers", "recipients"),
    [
        ("im from OT. can i tell police", ["oranga tamariki"], ["police"]),
        ("Police here, will msd tell us", ["ministry of social development"], ["police"]),
        ("I'm with OT - will the cops let on where he is", ["police"], ["oranga tamariki"]),
        ("can i tell what police are here for", [], ["police"]),
    ],
)
def test_who_says_where_they_are_from_tells_or_hears_by_what_they_want(
    text: str, sharers: list[str], recipients: list[str]
) -> None:
    asked = ask(Agencies(small_protocol()), text)
    assert (sharers, recipients) == (
        [agency.spoken for agency in asked.sharers],
        [agency.spoken for agency in asked.recipients],
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("health and police", ["health new zealand", "police"]),
        ("health or the police", ["health new zealand", "police"]),
        ("health and safety", []),
        ("mental health and police", ["police"]),
    ],
)
def test_a_matter_joined_to_an_agency_is_one_too(text: str, named: list[str]) -> None:
    found = Agencies(small_protocol()).mentions(text.split())
    assert named == [mention.agency.spoken for mention in found]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("for how long", True),
        ("under which law?", True),
        ("who to", True),
        ("how long do we keep notes", False),
        ("who chairs", False),
    ],
)
def test_a_question_of_nothing_but_what_is_wanted_leans_on_the_one_before(
    text: str, leans: bool
) -> None:
    assert leans == leans_back(ask(Agencies(small_protocol()), text))


def test_an_agency_named_twice_in_a_row_is_said_once() -> None:
    assert ["police"] == Agencies(small_protocol()).spoken(["police", "new", "zealand", "police"])


def test_a_follow_up_keeps_the_sharer_and_changes_the_recipient() -> None:
    agencies = Agencies(small_protocol())
    asked = follow(ask(agencies, "and winz?"), [ask(agencies, "can police tell OT")])
    assert ["New Zealand Police"] == [agency.party for agency in asked.sharers]
    assert ["Ministry of Social Development"] == [agency.party for agency in asked.recipients]


def test_prison_and_mental_health_are_no_agencies() -> None:
    assert [] == Agencies(small_protocol()).mentions(words("in prison with mental health needs"))


@pytest.mark.parametrize(
    ("question", "parts"),
    [("can i record this", 1), ("who leads and when do we meet", 2), ("ok? cheers for that", 1)],
)
def test_a_question_is_split_only_where_each_part_asks(question: str, parts: int) -> None:
    assert parts == len(parts_of(question))
