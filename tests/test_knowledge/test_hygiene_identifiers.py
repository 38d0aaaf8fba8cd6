"""Each number recogniser: what it finds, the near miss it leaves alone, and the invalid one."""

import pytest

from knowledge.hygiene.scanning import scan

FOUND = [
    ("nhi", "can health pull up ZBV5768", "ZBV5768"),
    ("nhi", "nhi zfk 5613 please", "zfk 5613"),
    ("nhi", "her NHI is one of the new ones, ZBG32KY", "ZBG32KY"),
    ("nhi", "Z M D 3 2 5 9 is the nhi", "Z M D 3 2 5 9"),
    ("nhi", "Look up HHU 76 ZF please", "HHU 76 ZF"),
    ("ird", "dad's IRD 49-091-850", "49-091-850"),
    ("ird", "ird no. 136410132", "136410132"),
    ("ird", "tax number is one two six five four zero nine three zero", "one two six five four zero nine three zero"),
    ("bank_account", "pay it to 38-9002-0325889-00", "38-9002-0325889-00"),
    ("bank_account", "acct 01-902-0068389-00", "01-902-0068389-00"),
    ("payment_card", "paid with 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("payment_card", "Amex 3782 822463 10005", "3782 822463 10005"),
    ("driver_licence", "licence DK482915 ver 003", "DK482915"),
    ("driver_licence", "learners, CB219746, no supervisor", "CB219746"),
    ("passport", "passport LM702518 expires soon", "LM702518"),
    ("passport", "his Philippines ppt is P4418270B", "P4418270B"),
    ("vehicle_plate", "stepdads ute is KRT428", "KRT428"),
    ("vehicle_plate", "personalised plate H4KA1T", "H4KA1T"),
    ("nsn", "NSN 0134872265", "0134872265"),
    ("client_number", "SWN 412-667-903", "412-667-903"),
    ("client_number", "PRN 10482277 is the dad", "10482277"),
    ("client_number", "CYRAS id 3094418", "3094418"),
    ("client_number", "tenancy ref T0082214", "T0082214"),
    ("case_reference", "police file 250918/4402", "250918/4402"),
    ("case_reference", "hearing for FAM-2024-009-001173", "FAM-2024-009-001173"),
    ("case_reference", "event P058831947 from Sat", "P058831947"),
]  # fmt: skip

LEFT_ALONE = [
    "the course code is ZXG3681, enrol in MyLearning",
    "asset tag ZFD3319 is the portable machine",
    "the new form template is ZAW95QB v3",
    "invoice 101-448-220 still not paid",
    "cost centre 02-0108-0152679-01 for the catering",
    "courier tracking 4987714955480650 says delivered",
    "tracking no 4827 1190 3365 0187 for the leaflets",
    "PO 4500118273, quote that on the order",
    "flying NZ5347 and back on NZ8306",
    "asset tag DL118240 is the spare laptop",
    "Meeting ID: 412 887 305 661",
    "budget line is $148,250 ex GST",
    "slide 12 has the flowchart, doc ref DOC-20931774",
    "20250611 is the version date on the template",
]


@pytest.mark.parametrize(("kind", "text", "value"), FOUND)
def test_a_number_with_its_cue_is_found_where_it_stands(kind: str, text: str, value: str) -> None:
    """The finding has the kind and covers exactly the number; the line warns."""
    found = scan(text)

    assert found.warn
    assert (kind, value) in [(one.kind, text[one.start : one.end]) for one in found.findings]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_number_that_the_words_explain_does_not_warn(text: str) -> None:
    """Invoices, assets, flights and meetings have numbers of the same shapes."""
    assert not scan(text).warn


@pytest.mark.parametrize(("valid", "invalid"), [("ZBV5768", "ZBV5769"), ("ZBG32KY", "ZBG32KX")])
def test_without_a_cue_only_a_valid_check_digit_warns(valid: str, invalid: str) -> None:
    """NHI check digits: modulus 11 for the old form, 23 for the new one."""
    assert [True, False] == [scan(f"{number} is back").warn for number in (valid, invalid)]


def test_an_ird_number_up_to_two_hundred_million_is_valid() -> None:
    """Inland Revenue's range of 2026; older libraries stop at 150 million."""
    (found,) = scan("ird 150000009").findings

    assert ("ird", "ird+cue+check") == (found.kind, found.rule)


def test_a_plain_eight_digit_number_never_warns_alone() -> None:
    """A date or count passes the IRD check digit one time in ten."""
    assert not scan("20240115").warn


def test_offsets_count_in_the_original_text() -> None:
    """A decomposed macron and an emoji before the number do not shift its place."""
    text = "🎉 te whānau: nhi ZBV5768"
    (found,) = (one for one in scan(text).findings if one.kind == "nhi")

    assert "ZBV5768" == text[found.start : found.end]
