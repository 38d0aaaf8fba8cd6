"""Office digital signatures, verified for real: what they cover, whether it has changed, who signed and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from lxml import etree

from protocols.errors import ProtocolError
from protocols.model import Integrity, Trust
from protocols.word.certificates import METHODS, load, signer_name, signing_certificate, trust_of
from protocols.word.model import VerifiedSignature
from protocols.word.package import Package, parse_exact
from protocols.word.xmldsig import (
    DIGESTS,
    AlteredError,
    D,
    Digests,
    UnreadableError,
    canonical,
    covered,
    decoded,
    signed_elements,
)

_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
_OFFICE = "{http://schemas.microsoft.com/office/2006/digsig}"
_TIME = "{http://schemas.openxmlformats.org/package/2006/digital-signature}SignatureTime"
_TIME_VALUE = "{http://schemas.openxmlformats.org/package/2006/digital-signature}Value"
_MAX_SIGNATURES = 100
_MAX_SIZE = 20_000_000
_LINE = "2"
"""SignatureType of a signature line ([MS-OFFCRYPTO] 2.5.2.5)."""
_NEVER_SIGNED = ("docprops/", "_xmlsignatures/", "[content_types].xml")
_UNSIGNED_LINKS = (
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "origin",
)
"""Relationships of the package Office leaves out of every signature."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a signature says about itself, as far as it protects it."""

    signed_at: datetime | None
    setup_id: str | None
    typed_name: str | None
    purpose: str | None


_HASHES: dict[str, hashes.HashAlgorithm] = {
    algorithm.name: algorithm for _, algorithm in METHODS.values()
}


def verify_signatures(
    package: Package, trust: Sequence[x509.Certificate], now: datetime
) -> tuple[VerifiedSignature, ...]:
    """Every digital signature the package points at, with its verdict; () for an unsigned file."""
    digests = Digests(package)
    return tuple(_verify(package, part, digests, trust, now) for part in _signature_parts(package))


def orphan_signatures(package: Package) -> tuple[str, ...]:
    """Signature parts nothing points at: Word takes the file for unsigned."""
    reached = set(_signature_parts(package))
    return tuple(
        name for name in package.names if _is_signature(package, name) and name not in reached
    )


def _signature_parts(package: Package) -> list[str]:
    origins = package.related("", "origin")
    return [part for origin in origins for part in package.related(origin, "signature")][
        :_MAX_SIGNATURES
    ]


def _is_signature(package: Package, name: str) -> bool:
    return (package.content_type(name) or "").endswith("digital-signature-xmlsignature+xml")


def _verify(
    package: Package, part: str, digests: Digests, trust: Sequence[x509.Certificate], now: datetime
) -> VerifiedSignature:
    certificates: tuple[x509.Certificate, ...] = ()
    try:
        root = _read(package, part)
        certificates = load(
            decoded(each.text) for each in root.iterfind(f"{D}KeyInfo//{D}X509Certificate")
        )
        return _judge(package, part, root, certificates, digests, trust, now)
    except AlteredError as error:
        return _failed(part, certificates, "altered", f"The signature no longer holds: {error}.")
    except (UnreadableError, ProtocolError) as error:
        return _failed(
            part, certificates, "unreadable", f"The signature cannot be checked: {_clause(error)}."
        )


def _read(package: Package, part: str) -> etree._Element:
    data = package.read(part)
    if not data.strip():
        raise UnreadableError("it is empty")
    if len(data) > _MAX_SIZE:
        raise UnreadableError("it is larger than any signature")
    root = parse_exact(data, part)
    if root.tag != D + "Signature" or root.find(f".//{D}Manifest") is None:
        raise UnreadableError("it does not list the parts of the file it signs")
    return root


def _judge(
    package: Package,
    part: str,
    root: etree._Element,
    certificates: Sequence[x509.Certificate],
    digests: Digests,
    trust: Sequence[x509.Certificate],
    now: datetime,
) -> VerifiedSignature:
    """The verdict on a signature that can be followed to its end."""
    signed = signed_elements(root)
    manifest, *others = root.iter(D + "Manifest")
    if others:
        raise UnreadableError("it lists the parts it signs twice")
    if not any(element in signed for element in manifest.iterancestors()):
        raise UnreadableError("its list of parts is not itself signed")
    parts, relationships = covered(manifest, package, digests)
    certificate, standard = _signer(root, certificates)
    if certificate is None:
        raise AlteredError("its value was not made with the key of the certificate in it")
    _check_xades(signed, certificate)
    facts = _facts(signed)
    uncovered = tuple(_uncovered(package, parts, relationships))
    trusted = trust_of(certificate, certificates, trust, facts.signed_at or now)
    return VerifiedSignature(
        part=part,
        signer=signer_name(certificate),
        signed_at=facts.signed_at,
        integrity="partial" if uncovered else "intact",
        trust=trusted,
        uncovered=uncovered,
        reason=" ".join(_reasons(root, certificate, trusted, uncovered, standard, facts, now)),
        setup_id=facts.setup_id,
        typed_name=facts.typed_name,
        purpose=facts.purpose,
    )


def _signer(
    root: etree._Element, certificates: Sequence[x509.Certificate]
) -> tuple[x509.Certificate | None, bool]:
    info, value = root.find(D + "SignedInfo"), root.find(D + "SignatureValue")
    if info is None or value is None or not certificates:
        raise UnreadableError("it holds no certificate or no signature value")
    form = info.find(D + "CanonicalizationMethod")
    content = canonical(info, None if form is None else form.get("Algorithm"))
    return signing_certificate(certificates, _method(root), decoded(value.text), content)


def _method(root: etree._Element) -> str:
    method = root.find(f"{D}SignedInfo/{D}SignatureMethod")
    return "" if method is None else method.get("Algorithm", "")


def _check_xades(signed: Sequence[etree._Element], certificate: x509.Certificate) -> None:
    """XAdES binds the signature to one certificate by its digest (ETSI TS 101 903, 7.2.2)."""
    bound = [each for element in signed for each in element.iter(_XADES + "CertDigest")]
    for each in bound:
        method, value = each.find(D + "DigestMethod"), each.find(D + "DigestValue")
        name = None if method is None else DIGESTS.get(method.get("Algorithm", ""))
        if name is None or value is None:
            raise UnreadableError("it names its certificate in a form this check does not know")
        if decoded(value.text) == certificate.fingerprint(_HASHES[name]):
            return
    if bound:
        raise AlteredError("the certificate in it is not the one that was signed with")


def _facts(signed: Sequence[etree._Element]) -> _Facts:
    """Time, line and names from signed elements only."""
    details = next(
        (found for element in signed for found in element.iter(_OFFICE + "SignatureInfoV1")), None
    )
    time = next(_times(signed), None)
    if details is None:
        return _Facts(time, None, None, None)
    is_line = details.findtext(_OFFICE + "SignatureType") == _LINE
    return _Facts(
        time,
        (details.findtext(_OFFICE + "SetupID") or None) if is_line else None,
        details.findtext(_OFFICE + "SignatureText") or None,
        details.findtext(_OFFICE + "SignatureComments") or None,
    )


def _times(signed: Sequence[etree._Element]) -> Iterator[datetime]:
    for tag in (f"{_TIME}/{_TIME_VALUE}", f"{_XADES}SigningTime"):
        for text in (found.text for element in signed for found in element.iterfind(f".//{tag}")):
            try:
                time = datetime.fromisoformat(text or "")
            except ValueError:
                continue
            yield time if time.tzinfo else time.replace(tzinfo=UTC)


def _uncovered(package: Package, parts: set[str], relationships: dict[str, set[str]]) -> list[str]:
    """Parts that may change, and targets of relationships that may be added, without breaking the signature."""
    found = {
        name: None
        for name in package.names
        if name not in parts and not name.lower().startswith(_NEVER_SIGNED)
    }
    for rels, ids in relationships.items():
        folder, _, name = rels.rpartition("/")
        source = folder.removesuffix("_rels") + name.removesuffix(".rels")
        for relationship in package.relationships(source).values():
            if relationship.id not in ids and not any(map(relationship.is_a, _UNSIGNED_LINKS)):
                found[relationship.target] = None
    return list(found)


def _reasons(
    root: etree._Element,
    certificate: x509.Certificate,
    trust: Trust,
    uncovered: Sequence[str],
    standard: bool,
    facts: _Facts,
    now: datetime,
) -> Iterator[str]:
    if uncovered:
        yield f"What was signed is unchanged, but the signature does not cover {_listed(uncovered)}."
    else:
        yield "Nothing has changed since it was signed."
    yield _TRUST[trust]
    until = certificate.not_valid_after_utc
    if trust != "expired" and until < now:
        yield f"The certificate was in date when it signed and ran out on {until.day} {until:%B %Y}."
    if facts.signed_at is None:
        yield "It gives no time of signing."
    if _method(root).endswith("sha1"):
        yield "It uses SHA-1, which is no longer thought safe."
    if not standard:
        yield "The signature value is encoded in a non-standard way."


_TRUST: dict[Trust, str] = {
    "trusted": "The signer's certificate leads to one that is trusted here.",
    "untrusted": "The signer's certificate does not lead to one that is trusted here.",
    "expired": "The signer's certificate was not in date when it signed.",
    "unknown": "No trusted certificates are set up here, so who signed is not confirmed.",
}


def _failed(
    part: str, certificates: Sequence[x509.Certificate], integrity: Integrity, reason: str
) -> VerifiedSignature:
    signer = signer_name(certificates[0]) if certificates else None
    return VerifiedSignature(part, signer, None, integrity, "unknown", (), reason)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _clause(error: Exception) -> str:
    return str(error).partition(". ")[0].rstrip(".")
