"""A signature counts for what its mathematics shows, and for nothing else."""

import re
from datetime import UTC, datetime

import pytest

from protocols.word.model import VerifiedSignature
from protocols.word.package import open_package
from protocols.word.signatures import orphan_signatures, verify_signatures
from tests.support.signing import SIGNED_AT, Signer, authority, changed, part, sign, signer
from tests.support.word import control, docx, note, p, parts, relationships

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROOT = "Kawanatanga Root CA"
STORE = "{11111111-2222-3333-4444-555555555555}"
DOCUMENT = docx(
    p("Lead: ", control("Police", bound=("/p/lead", STORE))),
    p("Kept two years.", note(2)),
    notes={2: "From closing."},
    stores={STORE: "<p><lead>Police</lead></p>"},
)
SIGNATURE = "_xmlsignatures/sig1.xml"


def verify(data: bytes, *anchors: Signer) -> tuple[VerifiedSignature, ...]:
    return verify_signatures(open_package(data), [anchor.certificate for anchor in anchors], NOW)


def only(data: bytes, *anchors: Signer) -> VerifiedSignature:
    (found,) = verify(data, *anchors)
    return found


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(DOCUMENT, signer("Moana Haldane"))


def test_an_unsigned_file_has_no_signature() -> None:
    assert () == verify(DOCUMENT)


@pytest.mark.parametrize("rsa_key", [False, True])
def test_an_untouched_file_is_intact_with_its_signer_and_time(rsa_key: bool) -> None:
    found = only(sign(DOCUMENT, signer("Moana Haldane", rsa_key=rsa_key)))
    assert ("intact", "Moana Haldane", SIGNED_AT, ()) == (
        found.integrity,
        found.signer,
        found.signed_at,
        found.uncovered,
    )


def test_a_value_without_null_is_intact_and_said_to_be_odd() -> None:
    found = only(sign(DOCUMENT, signer("Moana Haldane", rsa_key=True), without_null=True))
    assert ("intact", True) == (found.integrity, "non-standard" in found.reason)


def test_a_changed_word_is_altered_and_named(signed: bytes) -> None:
    found = only(
        changed(
            signed, word__document_dot_xml=part(signed, "word/document.xml").replace("two", "ten")
        )
    )
    assert ("altered", True, None) == (
        found.integrity,
        "word/document.xml" in found.reason,
        found.setup_id,
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/footnotes.xml", "closing", "opening"),
        ("customXml/item1.xml", "Police", "Refuge"),
        ("word/_rels/document.xml.rels", "footnotes.xml", "styles.xml"),
        ("[Content_Types].xml", "wordprocessingml.styles+xml", "wordprocessingml.settings+xml"),
        (SIGNATURE, "2026-03-02", "2025-03-02"),
        (SIGNATURE, "<SignatureType>1<", "<SignatureType>2<"),
    ],
)
def test_any_signed_byte_that_changes_is_altered(
    signed: bytes, name: str, old: str, new: str
) -> None:
    content = part(signed, name)
    assert old in content
    key = name.replace("/", "__").replace(".", "_dot_")
    assert "altered" == only(changed(signed, **{key: content.replace(old, new)})).integrity


def test_a_signed_part_that_is_gone_is_altered(signed: bytes) -> None:
    assert "altered" == only(changed(signed, word__styles_dot_xml=None)).integrity


def test_a_value_that_changes_is_altered(signed: bytes) -> None:
    value = re.sub(
        r"(<SignatureValue>)(.)",
        lambda m: m[1] + ("B" if m[2] == "A" else "A"),
        part(signed, SIGNATURE),
    )
    assert "altered" == only(changed(signed, _xmlsignatures__sig1_dot_xml=value)).integrity


def test_someone_elses_certificate_is_altered(signed: bytes) -> None:
    other = part(sign(DOCUMENT, signer("Someone Else")), SIGNATURE)
    theirs = re.findall("<X509Certificate>[^<]*", other)[0]
    swapped = re.sub("<X509Certificate>[^<]*", theirs, part(signed, SIGNATURE))
    assert "altered" == only(changed(signed, _xmlsignatures__sig1_dot_xml=swapped)).integrity


def test_properties_may_change_and_white_space_between_relationships_too(signed: bytes) -> None:
    spaced = part(signed, "word/_rels/document.xml.rels").replace("><", ">\n  <")
    touched = changed(
        signed,
        docProps__core_dot_xml=parts()["docProps/core.xml"],
        word___rels__document_dot_xml_dot_rels=spaced,
    )
    assert "intact" == only(touched).integrity


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("", "empty"),
        ("<Signature", "damaged"),
        ("<other/>", "does not list"),
    ],
)
def test_a_signature_that_cannot_be_read_is_unreadable(
    signed: bytes, broken: str, why: str
) -> None:
    data = changed(signed, _xmlsignatures__sig1_dot_xml=broken)
    found = only(data)
    assert ("unreadable", True) == (found.integrity, why in found.reason)


def test_two_elements_with_one_id_are_unreadable(signed: bytes) -> None:
    twin = part(signed, SIGNATURE).replace(
        "</Signature>", '<Object Id="idPackageObject"/></Signature>'
    )
    assert "unreadable" == only(changed(signed, _xmlsignatures__sig1_dot_xml=twin)).integrity


def test_a_list_of_parts_outside_what_is_signed_is_unreadable() -> None:
    found = only(sign(DOCUMENT, signer("Moana Haldane"), protect=["idOfficeObject"]))
    assert ("unreadable", True) == (found.integrity, "not itself signed" in found.reason)


def test_a_signature_that_names_another_certificate_is_altered() -> None:
    found = only(sign(DOCUMENT, signer("Moana Haldane"), claims=signer("Someone Else")))
    assert ("altered", True) == (found.integrity, "certificate" in found.reason)


def test_a_line_named_outside_what_is_signed_does_not_count() -> None:
    found = only(
        sign(DOCUMENT, signer("Moana Haldane"), line="{AAAA}", protect=["idPackageObject"])
    )
    assert ("intact", None) == (found.integrity, found.setup_id)


def test_a_relationship_added_to_load_from_elsewhere_is_named(signed: bytes) -> None:
    link = '<Relationship Id="x" Type="t/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/>'
    rels = part(signed, "word/_rels/document.xml.rels").replace("</R", f"{link}</R")
    assert ("http://example.org/t.dotm",) == only(
        changed(signed, word___rels__document_dot_xml_dot_rels=rels)
    ).uncovered


def test_a_part_and_relationship_added_later_make_it_partial(signed: bytes) -> None:
    rels = part(signed, "word/_rels/document.xml.rels")
    link = re.findall("<Relationship .*/>", relationships([("endnotes", "endnotes.xml")]))[
        0
    ].replace("rId1", "rId99")
    added = changed(
        signed,
        word___rels__document_dot_xml_dot_rels=rels.replace("</R", f"{link}</R"),
        word__endnotes_dot_xml=str(parts(notes={2: "INJECTED"})["word/footnotes.xml"]),
    )
    assert ("partial", ("word/endnotes.xml",)) == (only(added).integrity, only(added).uncovered)


def test_bound_values_left_unsigned_make_it_partial_and_are_named() -> None:
    found = only(sign(DOCUMENT, signer("Moana Haldane"), leave_out=["customXml/"]))
    assert ("partial", True) == (found.integrity, "customXml/item1.xml" in found.uncovered)


def test_package_relationships_left_unsigned_make_it_partial() -> None:
    assert ("_rels/.rels",) == only(
        sign(DOCUMENT, signer("Moana Haldane"), leave_out=["_rels/.rels"])
    ).uncovered


def test_a_removed_signature_leaves_none(signed: bytes) -> None:
    data = changed(
        signed,
        _xmlsignatures__sig1_dot_xml=None,
        _xmlsignatures___rels__origin_dot_sigs_dot_rels=None,
    )
    assert () == verify(data)


def test_a_signature_nothing_points_at_is_an_orphan(signed: bytes) -> None:
    rels = re.sub("<Relationship [^>]*origin[^>]*/>", "", part(signed, "_rels/.rels"))
    data = changed(signed, _rels___dot_rels=rels)
    assert ((), (SIGNATURE,)) == (verify(data), orphan_signatures(open_package(data)))


def test_of_two_signatures_one_may_be_broken() -> None:
    twice = sign(sign(DOCUMENT, signer("Moana Haldane")), signer("Dev Malhotra"), number=2)
    broken = re.sub(
        r"<SignatureValue>....", "<SignatureValue>AAAA", part(twice, "_xmlsignatures/sig2.xml")
    )
    found = verify(changed(twice, _xmlsignatures__sig2_dot_xml=broken))
    assert [("Moana Haldane", "intact"), ("Dev Malhotra", "altered")] == [
        (s.signer, s.integrity) for s in found
    ]


def test_a_signature_line_is_named_only_by_the_signature_that_completes_it() -> None:
    with_line = only(sign(DOCUMENT, signer("Moana Haldane"), line="{AAAA}"))
    without = only(sign(DOCUMENT, signer("Moana Haldane")))
    assert ("{AAAA}", None) == (with_line.setup_id, without.setup_id)


@pytest.mark.parametrize(
    ("trust", "by", "anchors"),
    [
        ("unknown", ("Moana Haldane", ROOT), ()),
        ("trusted", ("Moana Haldane", ROOT), (ROOT,)),
        ("untrusted", ("Moana Haldane", ROOT), ("Another CA",)),
        ("untrusted", ("Moana Haldane", None), (ROOT,)),
        ("expired", ("Old Hand", ROOT, 0), (ROOT,)),
    ],
)
def test_trust_is_the_operators_and_apart_from_integrity(
    trust: str, by: tuple[str, str | None] | tuple[str, str, int], anchors: tuple[str, ...]
) -> None:
    found = only(sign(DOCUMENT, signer(*by)), *(authority(name) for name in anchors))
    assert ("intact", trust) == (found.integrity, found.trust)


def test_a_signers_own_certificate_may_be_trusted() -> None:
    assert "trusted" == only(sign(DOCUMENT, signer("Moana Haldane")), signer("Moana Haldane")).trust


def test_a_certificate_that_ran_out_after_signing_is_a_note() -> None:
    late = datetime(2040, 1, 1, tzinfo=UTC)
    data = sign(DOCUMENT, signer("Moana Haldane"))
    (found,) = verify_signatures(open_package(data), [signer("Moana Haldane").certificate], late)
    assert ("intact", "trusted", True) == (
        found.integrity,
        found.trust,
        "ran out on" in found.reason,
    )


def test_the_words_of_the_document_never_reach_the_reason(signed: bytes) -> None:
    found = only(
        changed(
            signed, word__document_dot_xml=part(signed, "word/document.xml").replace("two", "ten")
        )
    )
    assert "Kept" not in repr(found)
