"""Words brought to one form."""

import pytest

from knowledge.agencies import Agencies
from knowledge.language import fold, glossed, repair, words
from knowledge.questions import ask, follow, parts_of
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
