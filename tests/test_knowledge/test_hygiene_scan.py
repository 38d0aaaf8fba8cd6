"""What the scan decides about names and circumstances, and what it never tells."""

import json

import pytest

from knowledge.hygiene.evidence import Candidate
from knowledge.hygiene.scanning import scan
from knowledge.model import load_model

ROSTER = (
    "Aroha Tamihana",
    "Dave Prendergast",
    "Mei-Lin Zhou",
    "SINGH, Jasdeep",
    "Hope Leaupepe | MSD",
)

ABOUT_SOMEBODY = [
    "is Tyrese Paki on today's list?",
    "kei hea te kōnae mō Hemi Tūroa?",
    "NGUYEN, Thi Bao Chau is next",
    "any update re harpreet gill from last fortnight",
    "WHERE IS LOGAN FEPULEAI LIVING NOW",
    "Aroha Whatuira is the older sister, not our Aroha",
    "Sefina told the counsellor she is cutting",
    "Mohammed Al-Rubaie was arrested last night",
    "1. Manaia Ratapu\n2. Sung-min Bae",
    "the principal's daughter at the area school is pregnant to the netball coach",
]

ABOUT_NOBODY = [
    "morning Dave!",
    "Mei-Lin you're on mute",
    "thanks Hope, over to Jasdeep",
    "apologies: Aroha Tamihana",
    "hope the link works this time",
    "lots of aroha in that room today",
    "Te Whatu Ora rep had to hop off",
    "Te Puni Kōkiri, Te Whatu Ora and Te Pūkenga all sent apologies",
    "a group runs Wednesdays 6-8pm at the community house, 44 Oxford Tce",
    "James Cook College has a teacher only day",
    "case 7 - school happy to step back",
    "I'm not sure I've got the slides",
    "the report is in English and French",
    "Jonah Lomu on the wall of our clinic",
    "Family B: no change. Family C: close.",
]


@pytest.mark.parametrize("text", ABOUT_SOMEBODY)
def test_somebody_away_from_the_table_warns(text: str) -> None:
    """A name, or details that point to one person, without any number."""
    assert scan(text, ROSTER).warn


@pytest.mark.parametrize("text", ABOUT_NOBODY)
def test_colleagues_agencies_words_and_public_figures_do_not_warn(text: str) -> None:
    """The table may talk among itself."""
    assert not scan(text, ROSTER).warn


@pytest.mark.parametrize("text", [*ABOUT_SOMEBODY[:4], *ABOUT_NOBODY[:4]])
def test_the_sentence_model_agrees_on_plain_lines(text: str) -> None:
    """Both stages give the same verdict where nothing is in doubt."""
    assert (text in ABOUT_SOMEBODY) == scan(text, ROSTER, model=load_model()).warn


def test_a_health_detail_says_so_in_its_rule() -> None:
    """The sub-kind lets the notice quote the protocol's health clause."""
    found = scan("Tiare Mokaraka has epilepsy", ROSTER).findings

    assert ("sensitive_detail", "health") in [(one.kind, one.rule) for one in found]


def test_a_date_after_a_name_sent_a_moment_ago_is_a_birth_date() -> None:
    """Two messages of one sender are read together; offsets count in the second."""
    text = "14/03/87"
    alone, together = scan(text, ROSTER), scan(text, ROSTER, ["Hemi Walker"])

    assert not alone.warn
    assert together.warn
    assert [("date_of_birth", 0, 8)] == [
        (one.kind, one.start, one.end) for one in together.findings
    ]


def test_an_earlier_message_is_not_warned_about_again() -> None:
    """Only what stands in this message counts."""
    assert not scan("thanks Dave", ROSTER, ["Hemi Walker was arrested"]).warn


def test_a_table_with_headings_is_read_by_its_columns() -> None:
    """The heading is the cue for every row."""
    text = "name,dob,nhi\nIsikeli Manu,2013-04-09,ZUP1481"

    assert {"person_name", "date_of_birth", "nhi"} == set(scan(text, ROSTER).kinds)


def test_a_made_up_example_does_not_warn() -> None:
    """People show each other how to fill the form in."""
    assert not scan("fill it in like: Jane Doe, dob 01/01/2000", ROSTER).warn


def test_findings_hold_no_words_of_the_message() -> None:
    """Neither the JSON nor a repr can leak what was written."""
    found = scan("ring Canaryname Marurangi on 021 555 0164, nhi ZBV5768", ROSTER)
    told = json.dumps(found.to_json("m1")) + repr(found) + repr(Candidate("nhi", 0, 7, 0.9, "nhi"))

    assert [] == [secret for secret in ("Canary", "Marurangi", "0164", "ZBV5768") if secret in told]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "👍", "a" * 5000, "1" * 5000, "Te " * 800, "(" * 2000, "\u0304"]
)
def test_any_text_is_scanned_without_a_failure(text: str) -> None:
    """Empty, huge and odd messages are no exception."""
    assert not [
        one for one in scan(text, ROSTER).findings if not 0 <= one.start < one.end <= len(text)
    ]
