"""Parties by e-mail domain: a suggestion where one party alone can be meant."""

from dataclasses import replace

import pytest

from knowledge.domains import party_of_domain
from protocols.model import Clause, Protocol, Section
from tests.test_cards.sample import sample_protocol

PARTIES = (
    "New Zealand Police",
    "Oranga Tamariki",
    "Ministry of Education",
    "Health New Zealand | Te Whatu Ora",
    "Kāinga Ora",
    "Te Rūnanga o Ngāti Māhuri",
)


@pytest.mark.parametrize(
    ("domain", "party"),
    [
        ("police.govt.nz", "New Zealand Police"),
        ("ot.govt.nz", "Oranga Tamariki"),
        ("mail.education.govt.nz", "Ministry of Education"),
        ("tewhatuora.govt.nz", "Health New Zealand | Te Whatu Ora"),
        ("kaingaora.govt.nz", "Kāinga Ora"),
        ("kainga-ora.example", "Kāinga Ora"),
        ("health.nz", None),  # anybody in health
        ("govt.nz", None),
        ("somewhere.school.nz", None),
        ("police.education.govt.nz", None),  # two could be meant
        ("msd.govt.nz", None),  # known, but no party
        ("", None),
    ],
)
def test_domain_names_the_one_party_it_can_mean(domain: str, party: str | None) -> None:
    assert party == party_of_domain(domain, _protocol())


def _protocol() -> Protocol:
    sample = sample_protocol()
    words = f"The parties are {', '.join(PARTIES[:-1])} and {PARTIES[-1]}."
    clause: Clause = replace(sample.clauses[0], text=words)
    parties: Section = replace(sample.sections[0], clauses=(clause,))
    return replace(sample, agencies=PARTIES, sections=(parties, *sample.sections[1:]))
