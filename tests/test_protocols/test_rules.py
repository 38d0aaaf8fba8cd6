"""Sharing rules, from tables whatever their columns are called and from sentences."""

import pytest

from tests.support.agreements import PARTIES, read, shared, written
from tests.support.word import caption, heading, p, tbl

POLICE, OT, TRUST = "New Zealand Police", "Oranga Tamariki", "Kōwhai Trust"


@pytest.mark.parametrize(
    "columns",
    [
        ("Information", "Shared by", "Shared with", "Legal authority"),
        ("What they may tell", "Who has it", "Who may hear it", "Under what law"),
        ("Kōrero", "Source", "Recipients", "Authority"),
        ("Item", "Held by", "Goes to", "Legal basis"),
        ("What", "Agency sharing", "May be given to", "Legislation"),
    ],
)
def test_columns_are_told_by_meaning(columns: tuple[str, ...]) -> None:
    table = shared(
        ("Bail conditions", "Police", "Oranga Tamariki", "Family Violence Act 2018, section 20"),
        columns=columns,
    )
    (rule,) = read(*PARTIES, table).rules
    assert (
        POLICE,
        "Bail conditions",
        (OT,),
        "Family Violence Act 2018, section 20",
        "Table 1, row 1",
    ) == (
        rule.agency,
        rule.information,
        rule.recipients,
        rule.legal_authority,
        rule.clause,
    )


def test_columns_without_telling_names_are_told_by_their_contents() -> None:
    rows = [
        [
            "Police",
            "Bail conditions that apply now",
            "Oranga Tamariki; the Trust",
            "Privacy Act 2020, principle 11",
        ],
        ["The Trust", "Visits kept in the last month", "Police", "Privacy Act 2020, principle 11"],
    ]
    found = read(*PARTIES, heading("Information to be shared"), tbl(rows, header=False))
    assert [
        (POLICE, "Bail conditions that apply now", (OT, TRUST)),
        (TRUST, "Visits kept in the last month", (POLICE,)),
    ] == [(rule.agency, rule.information, rule.recipients) for rule in found.rules]


@pytest.mark.parametrize(
    ("cell", "recipients"),
    [
        ("All attending agencies", (OT, TRUST)),
        ("Everyone except the Trust", (OT,)),
        ("The Trust; Oranga Tamariki", (TRUST, OT)),
        ("OT and the Trust", (OT, TRUST)),
        ("All parties other than Oranga Tamariki", (TRUST,)),
        ("Corrections", ()),
    ],
)
def test_recipients_are_parties_by_name(cell: str, recipients: tuple[str, ...]) -> None:
    (rule,) = read(*PARTIES, shared(("Bail conditions", "Police", cell, "s 20"))).rules
    assert recipients == rule.recipients


def test_a_caption_names_the_sharer_of_its_table() -> None:
    found = read(
        *PARTIES,
        heading("Information to be shared"),
        caption("Table 1: Oranga Tamariki"),
        tbl([["Information", "Recipients"], ["Care status", "Police"]]),
        caption("Table 2: The Kōwhai Trust"),
        tbl([["Information", "Recipients"], ["Visits made", "Police"]]),
    )
    assert [(OT, (POLICE,)), (TRUST, (POLICE,))] == [
        (rule.agency, rule.recipients) for rule in found.rules
    ]


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        (
            "Police may tell Oranga Tamariki and the Trust, but not the public, the bail conditions.",
            [(POLICE, (OT, TRUST))],
        ),
        ("The Trust may tell all of us whether a mentor is matched.", [(TRUST, (POLICE, OT))]),
        ("Members may swap clinic times with each other.", [(None, (POLICE, OT, TRUST))]),
        ("Any of us may tell any other the company's name.", [(None, (POLICE, OT, TRUST))]),
        ("The Trust shares visits kept with Police.", [(TRUST, (POLICE,))]),
        ("The Trust may tell the panel whether a mentor is matched.", [(TRUST, (POLICE, OT))]),
        ("Care status may be told by Oranga Tamariki to Police.", [(OT, (POLICE,))]),
        ("Oranga Tamariki will share with Police any open concern.", [(OT, (POLICE,))]),
        (
            "Police may tell Oranga Tamariki the dates. It may tell the Trust the suburb.",
            [(POLICE, (OT,)), (POLICE, (TRUST,))],
        ),
        ("Police can provide all agencies with the bail conditions.", [(POLICE, (OT, TRUST))]),
        ("The Trust will only share visits kept, with Police.", [(TRUST, (POLICE,))]),
        ("Police may not tell the Trust about open inquiries.", []),
        ("Nobody may tell the Trust where a person lives.", []),
        ("No party shares these with the panel, even with the person's agreement:", []),
        ("No agency gives Police the address.", []),
        ("Police cannot tell the Trust what a witness said.", []),
    ],
)
def test_sentences_give_rules_and_prohibitions_give_none(
    sentence: str, rules: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    found = read(*PARTIES, heading("What we share and with whom"), p(sentence))
    assert rules == [(rule.agency, rule.recipients) for rule in found.rules]


@pytest.mark.parametrize(
    ("sentence", "information", "authority"),
    [
        ("Police may tell the Trust alone where a worker sleeps.", "where a worker sleeps", None),
        ("Police may tell any other party, ACC included, what is needed (rule 11).", "what is needed (rule 11)", "rule 11"),
        ("Police may tell the Trust which firms are known. This rests on section 9 of this agreement.", "which firms are known", None),
    ],
)  # fmt: skip
def test_a_sentence_gives_information_and_law_without_what_stands_between(
    sentence: str, information: str, authority: str | None
) -> None:
    (rule,) = read(*PARTIES, heading("What we share"), p(sentence)).rules
    assert (information, authority) == (rule.information, rule.legal_authority)


@pytest.mark.parametrize(
    "columns",
    [
        ("Kōrero", "Told by", "Told to", "What for", "Ture"),
        ("The fact", "Teller", "Hearers", "Why they need it", "Footing in law"),
        ("Matter", "Mouth", "Ears", "Because", "Root"),
    ],
)
def test_who_tells_and_who_hears_are_not_mixed_up(columns: tuple[str, ...]) -> None:
    cells = ("Bail", "Police", "Oranga Tamariki; the Trust", "Safety of all who visit", "IPP 11")
    (rule,) = read(*PARTIES, shared(cells, columns=columns)).rules
    assert ("Bail", POLICE, (OT, TRUST), "Safety of all who visit", "IPP 11") == (
        rule.information, rule.agency, rule.recipients, rule.purpose, rule.legal_authority,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("only_if", "leave_out", "conditions"),
    [
        ("She agrees", "Where she is", "Only if: She agrees; Leave out: Where she is"),
        ("None", "Where she is", "Leave out: Where she is"),
        ("She agrees", "", "She agrees"),
    ],
)
def test_what_is_left_out_is_told_apart_from_the_condition(
    only_if: str, leave_out: str, conditions: str
) -> None:
    table = shared(
        ("Bail conditions", "Police", "Oranga Tamariki", only_if, leave_out),
        columns=("Information", "Shared by", "Shared with", "Only if", "Leave out"),
    )
    (rule,) = read(*PARTIES, table).rules
    assert conditions == rule.conditions


def test_items_below_a_giver_are_rules_of_their_own() -> None:
    found = read(
        *PARTIES,
        heading("Information that may be exchanged"),
        p("12\tPolice may give:"),
        p("(a)\tto Oranga Tamariki and the Trust, the bail conditions; and"),
        p("(b)\tto no one, the name of an informant."),
    )
    assert [
        ("New Zealand Police", ("Oranga Tamariki", "Kōwhai Trust"), "the bail conditions; and")
    ] == [(r.agency, r.recipients, r.information) for r in found.rules]


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("Police to Oranga Tamariki and the Trust: where the child was found. OT Act, section 66C.", [("New Zealand Police", ("Oranga Tamariki", "Kōwhai Trust"), "section 66C")]),
        ("Police to the Trust: nothing, unless a worker is threatened.", []),
        ("Nobody to anybody: the name of a victim.", []),
        ("Police to speak first: the Trust after them.", []),
    ],
)  # fmt: skip
def test_a_permission_in_brief_is_a_rule(
    line: str, rules: list[tuple[str, tuple[str, ...], str]]
) -> None:
    found = read(*PARTIES, heading("Schedule One: who gets what"), p(line))
    assert rules == [(r.agency, r.recipients, r.legal_authority) for r in found.rules]


def test_a_heading_that_names_one_party_says_who_speaks() -> None:
    sentence = p("Whether the family has a house may be told to Oranga Tamariki.")
    (rule,) = read(*PARTIES, heading("What may the Trust tell the others?"), sentence).rules
    assert ("Kōwhai Trust", ("Oranga Tamariki",)) == (rule.agency, rule.recipients)


@pytest.mark.parametrize(
    ("cell", "sharers"),
    [
        ("Police; the Trust", ["New Zealand Police", "Kōwhai Trust"]),
        ("Any of us except Police", ["Any of us except Police"]),
    ],
)
def test_every_sharer_of_a_row_has_its_rule(cell: str, sharers: list[str]) -> None:
    row = shared(["Home address", cell, "Oranga Tamariki", "IPP 11"])
    assert sharers == [rule.agency for rule in read(*PARTIES, row).rules]


@pytest.mark.parametrize(
    "columns",
    [
        ("Information", "Information source", "Agencies that may receive it", "Authority"),
        ("What it shares", "Who tells", "Who may have it", "The law"),
        ("Category of information", "Disclosing party", "Who hears", "Law"),
    ],
)
def test_columns_are_known_by_other_names(columns: tuple[str, ...]) -> None:
    table = shared(["Home address", "Police", "the Trust", "IPP 11(1)(a)"], columns=columns)
    (rule,) = read(*PARTIES, table).rules
    assert ("New Zealand Police", "Home address", ("Kōwhai Trust",), "IPP 11(1)(a)") == (
        rule.agency,
        rule.information,
        rule.recipients,
        rule.legal_authority,
    )


def test_the_information_of_a_sentence_is_what_follows_the_recipients() -> None:
    sentence = p("Police may tell Oranga Tamariki about the bail conditions that apply now.")
    (rule,) = read(*PARTIES, heading("What we share"), sentence).rules
    assert "the bail conditions that apply now" == rule.information


@pytest.mark.parametrize(
    ("stem", "agencies", "rules"),
    [
        ("family_harm", 9, 16),
        ("housing", 8, 18),
        ("reintegration", 7, 29),
        ("youth_offending", 7, 12),
        ("animals_and_harm", 6, 12),
        ("drug_harm_rural", 6, 15),
        ("migrant_workers", 6, 13),
        ("missing_children", 6, 13),
        ("perinatal", 6, 13),
        ("return_to_work", 6, 13),
        ("returnees", 6, 13),
        ("school_safety", 7, 13),
        ("unsafe_homes", 6, 12),
    ],
)
def test_parties_and_a_rule_for_every_row_and_sentence_of_other_authors(
    stem: str, agencies: int, rules: int
) -> None:
    found = written(stem)
    assert (agencies, rules) == (len(found.agencies), len(found.rules))


def test_a_table_that_names_no_information_gives_no_rule() -> None:
    table = tbl([["Shared by", "Shared with"], ["Police", "Oranga Tamariki"]])
    assert () == read(*PARTIES, heading("Legal authority"), table).rules


def test_items_of_a_prohibition_give_no_rule() -> None:
    found = read(
        *PARTIES,
        heading("What stays private"),
        p("1\tThe following never happens:"),
        p("(a)\tPolice tells the Trust what a witness said;"),
        p("(b)\tthe Trust tells Police what was said to a mentor."),
    )
    assert () == found.rules


@pytest.mark.parametrize(
    ("column", "cell", "conditions"),
    [
        ("Conditions", "Only with a signed form", "Only with a signed form"),
        ("Limits", "None", None),
        ("Conditions", "No further conditions.", None),
        ("Notes", "n/a", None),
        ("Row", "A7", None),
        ("Mind this", "None beyond the mother's authority", "None beyond the mother's authority"),
    ],
)
def test_conditions_are_what_the_further_columns_of_a_row_say(
    column: str, cell: str, conditions: str | None
) -> None:
    table = shared(
        ("Bail conditions", "Police", "Oranga Tamariki", "Privacy Act 2020, principle 11", cell),
        columns=("Information", "Shared by", "Shared with", "Legal authority", column),
    )
    (rule,) = read(*PARTIES, table).rules
    assert conditions == rule.conditions


def test_recipients_told_apart_from_the_rest_are_a_condition() -> None:
    table = shared(("A dog", "Police", "All members that will visit", "Privacy Act 2020, IPP 11"))
    (rule,) = read(*PARTIES, table).rules
    assert ((OT, TRUST), "All members that will visit") == (rule.recipients, rule.conditions)
