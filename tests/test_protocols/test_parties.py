"""The parties, however they are listed and whatever they are called."""

import pytest

from protocols.mentions import mentioned
from protocols.parties import party_names
from tests.support.agreements import read, written
from tests.support.word import heading, p, tbl


@pytest.mark.parametrize(
    ("sentence", "agencies", "lead"),
    [
        ("There are three of us: New Zealand Police; Health New Zealand, Te Whatu Ora, Rua Bay Service (Health NZ); and ACC.", ("New Zealand Police", "Health New Zealand", "ACC"), None),
        ("Two organisations belong. They are New Zealand Police and the Kōwhai Trust (the Trust). The Trust convenes.", ("New Zealand Police", "Kōwhai Trust"), "Kōwhai Trust"),
        ("The lead agency is the Kōwhai Trust (the Trust). The other agencies are New Zealand Police and ACC.", ("Kōwhai Trust", "New Zealand Police", "ACC"), "Kōwhai Trust"),
        ("We are the Rua Bay Circle: New Zealand Police, ACC and the Kōwhai Trust. The Trust looks after this agreement.", ("New Zealand Police", "ACC", "Kōwhai Trust"), "Kōwhai Trust"),
        ("The parties are New Zealand Police, the Kōwhai Trust (the Trust) and Fetu Ola, a Pacific health and social services provider.", ("New Zealand Police", "Kōwhai Trust", "Fetu Ola"), None),
        ("The parties are New Zealand Police, Fetu Ola, a Pacific provider and the Kōwhai Trust.", ("New Zealand Police", "Fetu Ola", "Kōwhai Trust"), None),
        ("This accord is made between New Zealand Police, the Kōwhai Trust (a trust of the hapū) and ACC (\"the Partners\").", ("New Zealand Police", "Kōwhai Trust", "ACC"), None),
        ("We are New Zealand Police, the Kōwhai Trust, which is an iwi trust, and Fetu Ola, a charity. In this document \"the table\" means all of us.", ("New Zealand Police", "Kōwhai Trust", "Fetu Ola"), None),
        ("Three organisations have signed up: New Zealand Police, ACC and Fetu Ola, which supports children who have been hurt.", ("New Zealand Police", "ACC", "Fetu Ola"), None),
        ("The parties are New Zealand Police through Youth Aid, and ACC. ACC is lead.", ("New Zealand Police", "ACC"), "ACC"),
        ("The members are New Zealand Police and the Kōwhai Trust. The Trust is the Kaihautū: it calls each hui.", ("New Zealand Police", "Kōwhai Trust"), "Kōwhai Trust"),
        ("The parties are New Zealand Police and the Kōwhai Trust. The lead agency is responsible for the Register.", ("New Zealand Police", "Kōwhai Trust"), None),
    ],
)  # fmt: skip
def test_parties_and_lead_are_found_however_they_are_listed(
    sentence: str, agencies: tuple[str, ...], lead: str | None
) -> None:
    found = read(heading("Who we are"), p(sentence))
    assert (agencies, lead) == (found.agencies, found.lead_agency)


def test_an_item_of_the_parties_says_which_of_them_convenes() -> None:
    found = read(
        heading("Parties"),
        p("2\tThe parties are:"),
        p("(a)\tNew Zealand Police; and"),
        p("(b)\tthe Kōwhai Trust (the Trust), which is the Convening Party."),
    )
    assert "Kōwhai Trust" == found.lead_agency


@pytest.mark.parametrize(
    ("stem", "spoken", "party"),
    [
        ("family_harm", "the Refuge", "Kōhatu Bay Women's Refuge Incorporated"),
        ("family_harm", "Corrections", "Department of Corrections"),
        ("health_hub", "the pharmacy", "Kōtare Pharmacy Limited"),
        ("housing", "The Council", "Kererū Bay City Council"),
        ("iwi_led", "Ngā Pirihimana", "New Zealand Police"),
        ("youth_offending", "The College", "Pūrākau College Board"),
        ("disability_transition", "MSD", "Ministry of Social Development"),
    ],
)
def test_parties_are_known_by_every_name_the_protocol_gives_them(
    stem: str, spoken: str, party: str
) -> None:
    parties = party_names(written(stem).sections)
    assert (party,) == mentioned(f"Ask {spoken} first.", parties)


@pytest.mark.parametrize(
    ("spoken", "party"),
    [
        ("the maternal mental health team", "Health New Zealand"),
        ("the midwife", "Rua Midwives' Collective"),
        ("the law centre", "Rua Community Law Centre"),
        ("Youth Aid", "New Zealand Police"),
        ("The Kaihautū", "Kōwhai Trust"),
        ("the trust", "Kōwhai Trust"),
        ("the Council", "Rua City Council"),
    ],
)
def test_parties_are_known_by_their_parts_their_people_and_their_kind(
    spoken: str, party: str
) -> None:
    sentence = (
        "The parties are the maternal mental health team of Health New Zealand, the Rua Midwives' Collective, "
        "the Rua Community Law Centre, Rua City Council, New Zealand Police through Youth Aid and the Kōwhai Trust. "
        "The Kōwhai Trust is the Kaihautū: it calls each hui."
    )
    parties = party_names(read(heading("Who we are"), p(sentence)).sections)
    assert (party,) == mentioned(f"Ask {spoken} first.", parties)


def test_a_place_in_brackets_is_no_name_of_the_party_before_it() -> None:
    sentence = "The parties are New Zealand Police and Health New Zealand (Rua Bay district)."
    parties = party_names(read(heading("Who we are"), p(sentence)).sections)
    assert () == mentioned("Children missing in the Rua Bay district.", parties)


def test_a_name_shortened_in_another_table_is_the_same_party() -> None:
    found = read(
        heading("Schedule 1: Why each agency shares"),
        tbl([["Member", "Purpose"], ["Rua City Council", "Dogs"], ["Kea House Refuge", "Safety"]]),
        heading("Schedule 2: Sharing"),
        tbl(
            [["Information", "Shared by", "Shared with"], ["Dogs", "The Council", "Kea House"]],
        ),
    )
    assert ("Rua City Council", "Kea House Refuge") == found.agencies
    assert [("Rua City Council", ("Kea House Refuge",))] == [
        (rule.agency, rule.recipients) for rule in found.rules
    ]


def test_a_person_who_is_called_something_is_no_party() -> None:
    sentence = "The parties are New Zealand Police and ACC. Ana Reid is the Chair."
    assert ("New Zealand Police", "ACC") == read(heading("Who we are"), p(sentence)).agencies
