"""Blocks become clauses: what is a heading, an item, a row, a caption, and what is left out."""

from collections.abc import Callable

import pytest

from protocols.model import SectionKey
from protocols.reading import read_protocol
from protocols.template import Group, Wording, section_keys
from tests.support.agreements import PARTIES, TODAY, read
from tests.support.word import (
    BULLETS,
    Level,
    List,
    caption,
    control,
    docx,
    heading,
    p,
    r,
    tbl,
    tc,
    tr,
)

MULTILEVEL = List(
    (Level("decimal", "%1."), Level("decimal", "%1.%2"), Level("lowerLetter", "(%3)"))
)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Ko wai mātou | Who we are", "parties"),
        ("Why we meet", "meeting_purpose"),
        ("What each of us is there for", "sharing_purpose"),
        ("Ngā kōrero ka tukuna", "information_shared"),
        ("What stays out of the room", "information_shared"),
        ("Why the law lets us", "legal_authority"),
        ("Putting information to use", "use"),
        ("Using it for something else", "secondary_use"),
        ("Letting people know", "transparency"),
        ("In the room and online", "method"),
        ("Protective markings", "security_classification"),
        ("Paper, phones and laptops", "security_controls"),
        ("Te ao Māori and data sovereignty", "tikanga"),
        ("How long we hang on to things", "retention"),
        ("If something goes wrong", "breach"),
        ("When it is someone you know", "conflicts"),
        ("Ngā takawaenga", "relationship_management"),
        ("Looking it over", "review"),
        ("Ngā hainatanga", "approvals"),
        ("Legal autority to share", "legal_authority"),
        ("Words we use", "other"),
        ("Article 6: Use", "use"),
        ("Part F: Passing it on", "method"),
        ("D. What may be said", "information_shared"),
        ("What may Immigration tell the others?", "information_shared"),
        ("Purpose for which each agency shares", "sharing_purpose"),
        ("How information travels", "method"),
        ("Being straight with people", "transparency"),
        ("Looking at it again", "review"),
        ("Saying yes", "approvals"),
        ("Keeping it safe", "security_controls"),
        ("Keeping it", "retention"),
        ("Part B: Why the Circle meets", "meeting_purpose"),
        ("What each Member is here for", "sharing_purpose"),
        ("Using kōrero", "use"),
        ("How kōrero travels", "method"),
        ("If a message goes astray", "breach"),
        ("When it is close to you", "conflicts"),
        ("Keeping the worker in the picture", "transparency"),
        ("Who sorts out problems between us", "relationship_management"),
        ("Training and access", "security_controls"),
        ("Signed", "approvals"),
        ("Who is round the table", "parties"),
        ("People and terms", "parties"),
        ("Schedule: What passes between Members", "information_shared"),
        ("Using kōrero again", "secondary_use"),
        ("Using it for another reason", "secondary_use"),
        ("Using it for something new", "secondary_use"),
        ("Being open with participants", "transparency"),
        ("Telling rangatahi and whānau", "transparency"),
        ("The child's voice", "transparency"),
        ("Part D: The Survivor's voice", "transparency"),
        ("By voice", "method"),
        ("Part H: How", "method"),
        ("In the meeting and between meetings", "method"),
        ("Conduct of sittings", "method"),
        ("Part E: Keeping", "retention"),
        ("Keeping it tight", "security_controls"),
        ("When kōrero escapes", "breach"),
        ("When you knew them", "conflicts"),
        ("Knowing the people", "conflicts"),
        ("Schedule 2: Liaison people", "relationship_management"),
        ("Who keeps an eye on this", "relationship_management"),
        ("Upkeep", "relationship_management"),
        ("Keeping it working", "relationship_management"),
        ("Words used here", "other"),
        ("Price and delivery", "other"),
    ],
)
def test_headings_are_told_by_meaning(words: str, key: SectionKey) -> None:
    group = Group(words, (Wording("1", "paragraph", "It is as follows."),))
    assert [[key]] == section_keys([group])


def test_a_heading_inside_a_longer_one_says_nothing() -> None:
    clause = Wording(None, "paragraph", "Old phones are destroyed and shredded.")
    assert [["security_controls"]] == section_keys([Group("Keeping it safe", (clause,))])


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("This is our agreement about what we tell one another.", "other"),
        ("Nobody shares a photograph.", "information_shared"),
    ],
)
def test_the_words_that_open_a_document_are_no_parts_own(words: str, key: SectionKey) -> None:
    opening = Group("Off the Street: what we share", (Wording(None, "paragraph", words),))
    assert [[key]] == section_keys([opening])


def test_a_word_defined_to_mean_information_reads_as_information_in_headings() -> None:
    meaning = Wording("1", "paragraph", '"Signal" means a piece of information listed below.')
    using = Wording("2", "paragraph", "It is as follows.")
    assert [["other"], ["use"]] == section_keys(
        [Group("Words used", (meaning,)), Group("Using a Signal", (using,))]
    )


@pytest.mark.parametrize(
    "meaning",
    [
        '"Kit" means the items in Schedule 1 that concern one person.',
        '"Kit" means anything about an identifiable person that one agency passes to another.',
    ],
)
def test_a_word_defined_by_what_is_listed_or_told_reads_as_information(meaning: str) -> None:
    defined = Group("Words used", (Wording("1", "paragraph", meaning),))
    using = Group("Using the Kit", (Wording("2", "paragraph", "It is as follows."),))
    assert [["other"], ["use"]] == section_keys([defined, using])


@pytest.mark.parametrize(
    "words", ["Classification and controls", "Marking and minding", "Marking and safety"]
)
def test_beside_the_classification_stands_what_speaks_of_no_level(words: str) -> None:
    clauses = (
        Wording("1", "paragraph", "All of it is marked IN-CONFIDENCE."),
        Wording("2", "paragraph", "Whoever leaves is taken off the folder that day."),
    )
    assert [["security_classification", "security_controls"]] == section_keys(
        [Group(words, clauses)]
    )


def test_a_part_that_keeps_the_agreement_going_may_say_who_signs_it() -> None:
    clauses = (
        Wording("1", "paragraph", "Each agency has a relationship manager."),
        Wording("2", "paragraph", "The agreement is reviewed every two years."),
        Wording("3", "paragraph", "It is signed by chief executives, whose signatory has read it."),
    )
    assert [["relationship_management", "review", "approvals"]] == section_keys(
        [Group("Upkeep", clauses)]
    )


@pytest.mark.parametrize(
    ("words", "columns", "key"),
    [
        ("Schedule 2: Facts, tellers and hearers", ("The fact", "Teller", "Hearers"), "information_shared"),
        ("Members and their purposes", ("Member", "Purpose"), "sharing_purpose"),
        ("Schedule 4: Pou", ("Member", "Pou", "How to reach"), "relationship_management"),
        ("Schedule 5: The last page", ("Member", "Name", "Date"), "approvals"),
        ("Schedule 6: Odds and ends", ("When", "Where"), "other"),
    ],
)  # fmt: skip
def test_the_columns_of_a_table_tell_its_section_where_the_heading_does_not(
    words: str, columns: tuple[str, ...], key: SectionKey
) -> None:
    rows = [list(columns), ["x"] * len(columns)]
    assert [key] == [clause.section for clause in read(heading(words), tbl(rows)).clauses]


def test_rules_for_a_table_are_part_of_what_the_table_is_about() -> None:
    found = read(
        caption("Table B: What may be shared"),
        tbl([["Information", "Held by", "Goes to"], ["Scores", "Police", "the Trust"]]),
        heading("Rules for Table B"),
        p("Rumours are not tabled."),
    )
    assert ["information_shared"] * 2 == [clause.section for clause in found.clauses]


def test_a_heading_of_two_themes_leaves_each_clause_to_its_own_words() -> None:
    clauses = (
        Wording("1", "paragraph", "Emails are deleted within five days."),
        Wording("2", "paragraph", "The breach contact notifies the Privacy Commissioner."),
    )
    assert [["retention", "breach"]] == section_keys(
        [Group("Retention, disposal and breaches", clauses)]
    )


def test_a_clause_that_changes_another_shares_its_section() -> None:
    groups = [
        Group("Method of sharing", (Wording("3", "paragraph", "The chat is not used."),)),
        Group(
            "Exceptions",
            (Wording("9", "paragraph", "Paragraph 3 does not apply to the interpreter."),),
        ),
    ]
    assert [["method"], ["method"]] == section_keys(groups)


def test_numbers_compose_and_lists_read_on_from_their_lead_in() -> None:
    found = read_protocol(
        docx(
            heading("Method of sharing", number=(1, 0)),
            p("Everyone keeps to these rules:", number=(1, 1)),
            p("by voice;", number=(1, 2)),
            p("never in the chat.", number=(1, 2)),
            p("Paper is not used.", number=(1, 1)),
            lists=[MULTILEVEL],
        ),
        today=TODAY,
    )
    assert [
        ("1.1", "paragraph", None),
        ("1.1(a)", "list_item", "1.1"),
        ("1.1(b)", "list_item", "1.1"),
        ("1.2", "paragraph", None),
    ] == [(c.number, c.kind, c.lead_in) for c in found.clauses]


def test_bullets_have_no_number_but_a_citation() -> None:
    found = read_protocol(
        docx(
            heading("Security controls"),
            p("You must:"),
            p("lock it;", number=(1, 0)),
            p("shred it.", number=(1, 0)),
            lists=[BULLETS],
        ),
        today=TODAY,
    )
    assert [
        (None, "Security controls, paragraph 1"),
        (None, "Security controls, bullet 1"),
        (None, "Security controls, bullet 2"),
    ] == [(c.number, c.cite) for c in found.clauses]


def test_a_clause_beside_a_lead_in_is_none_of_its_items() -> None:
    found = read(
        heading("Article 2: Parties"),
        p("2\tThe parties are:"),
        p("(i)\tNew Zealand Police; and"),
        p("(ii)\tthe Kōwhai Trust."),
        p("2A\tEach sends one delegate."),
    )
    assert ["paragraph", "list_item", "list_item", "paragraph"] == [c.kind for c in found.clauses]


def test_a_number_used_again_in_a_schedule_is_cited_with_it() -> None:
    found = read(
        heading("Review"),
        p("1.1\tYearly."),
        heading("Schedule 2: Forms"),
        p("1.1\tForm A is blue."),
    )
    assert ["1.1", "Schedule 2, 1.1"] == [clause.cite for clause in found.clauses]


@pytest.mark.parametrize("opening", [heading, p])
def test_letters_of_a_schedule_are_its_own_and_none_of_the_clause_before_it(
    opening: Callable[[str], str],
) -> None:
    found = read(
        heading("Review"),
        p("G3\tYearly."),
        opening("Schedule 3: Odd cases"),
        p("(a)\tOne is read twice."),
        p("(b)\tTwo is not read."),
    )
    assert [
        ("G3", "G3", "paragraph"),
        ("(a)", "Schedule 3(a)", "paragraph"),
        ("(b)", "Schedule 3(b)", "paragraph"),
    ] == [(c.number, c.cite, c.kind) for c in found.clauses]


def test_letters_below_a_number_of_a_schedule_go_on_from_it() -> None:
    found = read(
        heading("Review"),
        p("3\tYearly."),
        p("Schedule 3: Odd cases"),
        p("4\tOne:"),
        p("(a)\ttwice."),
    )
    assert ["3", "Schedule 3, 4", "Schedule 3, 4(a)"] == [c.cite for c in found.clauses]


def test_letters_that_show_their_number_stand_for_themselves_where_nobody_shows_it_alone() -> None:
    found = read(heading("Review"), p("C4(a)\tYearly."), p("C4(b)\tIn May."))
    assert [("C4(a)", "paragraph"), ("C4(b)", "paragraph")] == [
        (c.number, c.kind) for c in found.clauses
    ]


@pytest.mark.parametrize(
    ("above", "cited"),
    [
        ((heading("Schedule A: Phones"),), "Schedule A, row 1"),
        ((heading("Appendix One: Phones"),), "Appendix One, row 1"),
        ((heading("Schedule of phones"),), "Table 1, row 1"),
        ((heading("Schedule: Phones"),), "Schedule, row 1"),
        ((heading("The Appendix"),), "Appendix, row 1"),
        ((heading("Schedule A: Phones"), caption("Table 4: Phones")), "Table 4, row 1"),
        ((heading("Phones"), caption("Table B: Phones")), "Table B, row 1"),
        ((heading("Phones"), caption("The Contact Table")), "The Contact Table, row 1"),
        ((heading("Phones"), caption("Table of phones")), "Table 1, row 1"),
    ],
)
def test_a_table_is_cited_by_the_name_it_bears(above: tuple[str, ...], cited: str) -> None:
    phones = tbl([["Agency", "Phone"], ["Police", "111"]])
    assert cited == read(*above, phones).clauses[-1].cite


def test_a_second_table_of_a_schedule_is_counted_within_it() -> None:
    phones = tbl([["Agency", "Phone"], ["Police", "111"]])
    found = read(heading("Schedule A: Phones"), phones, p("By e-mail:"), phones)
    assert ["Schedule A, row 1", "Schedule A, table 2, row 1"] == [
        c.cite for c in found.clauses if c.cells
    ]


def test_tables_are_numbered_by_caption_and_rows_without_the_header() -> None:
    found = read(
        heading("Review"),
        tbl([["When", "Who"], ["May", "Police"]]),
        caption("Table 4: More"),
        tbl([["When", "Who"], ["June", "Police"], ["July", "Police"]]),
    )
    assert ["Table 1, row 1", "Table 4, row 1", "Table 4, row 2"] == [
        c.number for c in found.clauses
    ]


def test_a_row_reads_as_columns_and_values() -> None:
    (row,) = read(heading("Review"), tbl([["When", "Who"], ["May", "Police"]])).clauses
    assert ("When: May; Who: Police", {"When": "May", "Who": "Police"}) == (row.text, row.cells)


def test_a_form_without_header_has_numbered_columns() -> None:
    rows = [["Name", "Ana Reid"], ["Position", "Manager"], ["Date", "1 May 2026"]]
    first = read(heading("Approvals"), tbl(rows, header=False)).clauses[0]
    assert {"Column 1": "Name", "Column 2": "Ana Reid"} == first.cells


def test_a_vertically_merged_agency_repeats_in_each_row() -> None:
    table = tbl(
        [
            ["Agency", "Purpose of sharing"],
            tr(tc(p("Police"), merge="restart"), tc(p("Safety"))),
            tr(tc(p(""), merge="continue"), tc(p("Contact"))),
        ]
    )
    found = read(heading("Purpose of sharing"), table).clauses
    assert ["Police", "Police"] == [clause.cells["Agency"] for clause in found if clause.cells]


def test_a_one_column_table_reads_as_paragraphs() -> None:
    found = read(
        heading("Review"), tbl([["Police reviews this every year."]], header=False)
    ).clauses
    assert [("paragraph", "Police reviews this every year.")] == [(c.kind, c.text) for c in found]


def test_instructions_prompts_and_placeholders_are_left_out() -> None:
    found = read(
        heading("How to use this template"),
        p("Delete the authorities that do not apply."),
        heading("Purpose of the meeting"),
        p("* Describe the aim of the meeting"),
        p("[Insert purpose]"),
        p(control("Click or tap here to enter text.", placeholder=True)),
        p("We meet to help."),
    )
    assert ["We meet to help."] == [clause.text for clause in found.clauses]


def test_bold_lines_and_capitals_are_headings() -> None:
    found = read(
        p(r("Who is in it", bold=True)),
        p("Police is the lead agency."),
        p("REVIEW"),
        p("Yearly, by Police."),
    )
    assert [("parties", "Who is in it"), ("review", "REVIEW")] == [
        (s.key, s.heading) for s in found.sections
    ]


def test_a_caption_that_names_another_theme_gives_its_table_that_section() -> None:
    found = read(
        heading("Security classification"),
        p("Everything is classified IN-CONFIDENCE."),
        caption("Table 1: Security requirements and restrictions"),
        tbl([["Type", "Control"], ["Requirement", "Training every year"]]),
    )
    assert ["security_classification", "security_controls"] == [c.section for c in found.clauses]


def test_sections_keep_their_heading_and_number() -> None:
    found = read_protocol(
        docx(
            heading("Parties", number=(1, 0)),
            p("Police is the lead agency.", number=(1, 1)),
            lists=[MULTILEVEL],
        ),
        today=TODAY,
    )
    assert [("parties", "1", "Parties")] == [(s.key, s.number, s.heading) for s in found.sections]


def test_parties_are_named_as_in_their_section() -> None:
    assert ("New Zealand Police", "Oranga Tamariki", "Kōwhai Trust") == read(*PARTIES).agencies


def test_a_subheading_that_says_nothing_belongs_to_the_heading_above() -> None:
    found = read(
        heading("Method of sharing"),
        heading("Letters", 2),
        p("We send none."),
        heading("Review"),
        p("Yearly."),
    )
    assert [("method", "Letters"), ("review", "Review")] == [
        (s.key, s.heading) for s in found.sections
    ]


def test_a_title_in_heading_style_is_the_title() -> None:
    found = read(
        heading("Rua Bay Information Sharing Protocol"), heading("Review", 2), p("Yearly.")
    )
    assert ("Rua Bay Information Sharing Protocol", ["review"]) == (
        found.title,
        [section.key for section in found.sections],
    )
