"""Signs a Word file the way Office does (ECMA-376-2 clause 12, [MS-OFFCRYPTO] 2.5), with keys made on the spot."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree

from protocols.word.package import Package, open_package
from tests.support.word import pack, relationships

DS = "http://www.w3.org/2000/09/xmldsig#"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
ORIGIN = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
SIGNED_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LEFT_OUT = ("docProps/", "_xmlsignatures/", "[Content_Types].xml")


@dataclass(frozen=True, slots=True)
class Signer:
    """A person with a key and a certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate


@cache
def authority(name: str = "Kawanatanga Root CA") -> Signer:
    """A certificate authority for tests; the same one for the same name."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Signer(key, _certificate(name, key, name, key, years=20, is_authority=True))


@cache
def signer(
    name: str, issued_by: str | None = None, years: int = 5, rsa_key: bool = False
) -> Signer:
    """A signer, self-signed unless an authority is named; the certificate runs from the start of 2026."""
    key = (
        rsa.generate_private_key(65537, 2048)
        if rsa_key
        else ec.generate_private_key(ec.SECP256R1())
    )
    issuer = authority(issued_by) if issued_by else None
    made = _certificate(
        name, key, issued_by or name, issuer.key if issuer else key, years, is_authority=False
    )
    return Signer(key, made)


def sign(
    data: bytes,
    by: Signer,
    *,
    line: str | None = None,
    leave_out: Iterable[str] = (),
    number: int = 1,
    without_null: bool = False,
    protect: Iterable[str] = ("idPackageObject", "idOfficeObject", "idXades"),
    claims: Signer | None = None,
) -> bytes:
    """The file with a signature added. `line` is the signature line it completes; `leave_out` starts part names it
    does not cover; `without_null` writes the RSA value some signers write; `protect` names the objects it really signs;
    `claims` is whose certificate its XAdES properties name."""
    package = open_package(data)
    skipped = (*LEFT_OUT, *leave_out)
    covered = [name for name in package.names if not name.startswith(skipped)]
    manifest = "".join(_reference(package, name) for name in covered)
    objects = _package_object(manifest) + _office_object(line) + _xades_object(claims or by)
    info = _signed_info(objects, by, set(protect))
    value = _value(by, etree.tostring(etree.fromstring(info), method="c14n"), without_null)
    certificate = base64.b64encode(by.certificate.public_bytes(Encoding.DER)).decode()
    xml = (
        f'<Signature xmlns="{DS}" Id="idPackageSignature">{info}'
        f"<SignatureValue>{base64.b64encode(value).decode()}</SignatureValue><KeyInfo><X509Data><X509Certificate>"
        f"{certificate}</X509Certificate></X509Data></KeyInfo>{objects}</Signature>"
    )
    return _with_signature(package, xml, number)


def changed(data: bytes, **parts: str | bytes | None) -> bytes:
    """The file with parts replaced (None: removed); write `/` in a name as `__` and `.` as `_dot_`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        made: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for key, content in parts.items():
        name = key.replace("_dot_", ".").replace("__", "/")
        made.pop(name, None)
        if content is not None:
            made[name] = content
    return pack(made)


def part(data: bytes, name: str) -> str:
    """A part's text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    years: int,
    is_authority: bool,
) -> x509.Certificate:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if is_authority:
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        builder = builder.add_extension(
            x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _reference(package: Package, name: str) -> str:
    kind = package.content_type(name) or ""
    content, transforms = package.read(name), ""
    if name.endswith(".rels"):
        root = etree.fromstring(content)
        root[:] = sorted(
            (each for each in root if _is_signed(each)), key=lambda each: each.get("Id", "")
        )
        for each in root:
            each.set("TargetMode", each.get("TargetMode", "Internal"))
        ids = "".join(
            f'<mdssi:RelationshipReference xmlns:mdssi="{MDSSI}" SourceId="{each.get("Id")}"/>'
            for each in root
        )
        transforms = f'<Transforms><Transform Algorithm="{TRANSFORM}">{ids}</Transform><Transform Algorithm="{C14N}"/></Transforms>'
        content = etree.tostring(root, method="c14n")
    uri = f"/{quote(name)}?ContentType={kind}"
    return f'<Reference URI="{uri}">{transforms}{_digest(content)}</Reference>'


def _is_signed(relationship: etree._Element) -> bool:
    return not relationship.get("Type", "").endswith(("core-properties", "origin"))


def _digest(content: bytes) -> str:
    value = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return f'<DigestMethod Algorithm="{SHA256}"/><DigestValue>{value}</DigestValue>'


def _package_object(manifest: str) -> str:
    return (
        f'<Object xmlns="{DS}" Id="idPackageObject"><Manifest>{manifest}</Manifest><SignatureProperties>'
        '<SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{MDSSI}"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>'
        f"<mdssi:Value>{SIGNED_AT:%Y-%m-%dT%H:%M:%SZ}</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties></Object>"
    )


def _office_object(line: str | None) -> str:
    return (
        f'<Object xmlns="{DS}" Id="idOfficeObject"><SignatureProperties><SignatureProperty Id="idOfficeV1Details" '
        'Target="#idPackageSignature"><SignatureInfoV1 xmlns="http://schemas.microsoft.com/office/2006/digsig">'
        f"<SetupID>{line or '{00000000-0000-0000-0000-000000000000}'}</SetupID><SignatureText/>"
        f"<SignatureComments>Agreed</SignatureComments><SignatureType>{2 if line else 1}</SignatureType>"
        "</SignatureInfoV1></SignatureProperty></SignatureProperties></Object>"
    )


def _xades_object(named: Signer) -> str:
    digest = _digest(named.certificate.public_bytes(Encoding.DER))
    return (
        f'<Object xmlns="{DS}" Id="idXades"><xd:QualifyingProperties xmlns:xd="http://uri.etsi.org/01903/v1.3.2#">'
        "<xd:SignedProperties><xd:SignedSignatureProperties><xd:SigningCertificate><xd:Cert>"
        f"<xd:CertDigest>{digest}</xd:CertDigest></xd:Cert></xd:SigningCertificate></xd:SignedSignatureProperties>"
        "</xd:SignedProperties></xd:QualifyingProperties></Object>"
    )


def _signed_info(objects: str, by: Signer, protect: set[str]) -> str:
    kind = "rsa" if isinstance(by.key, rsa.RSAPrivateKey) else "ecdsa"
    root = etree.fromstring(f"<all>{objects}</all>")
    references = "".join(
        f'<Reference URI="#{each.get("Id")}">'
        + _digest(etree.tostring(etree.fromstring(etree.tostring(each)), method="c14n"))
        + "</Reference>"
        for each in root
        if each.get("Id") in protect
    )
    return (
        f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<SignatureMethod Algorithm="{MORE}{kind}-sha256"/>{references}</SignedInfo>'
    )


def _value(by: Signer, content: bytes, without_null: bool) -> bytes:
    if isinstance(by.key, ec.EllipticCurvePrivateKey):
        r, s = decode_dss_signature(by.key.sign(content, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    if not without_null:
        return by.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    inner = bytes.fromhex("302f300b0609608648016503040201 0420") + hashlib.sha256(content).digest()
    padded = b"\x00\x01" + b"\xff" * (256 - 3 - len(inner)) + b"\x00" + inner
    numbers = by.key.private_numbers()
    return pow(int.from_bytes(padded, "big"), numbers.d, numbers.public_numbers.n).to_bytes(
        256, "big"
    )


def _with_signature(package: Package, xml: str, number: int) -> bytes:
    names = [f"sig{i}.xml" for i in range(1, number + 1)]
    types = package.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-package.digital-signature"
    added = f'<Override PartName="/_xmlsignatures/sig{number}.xml" ContentType="{kind}-xmlsignature+xml"/>'
    root = package.read("_rels/.rels").decode()
    if number == 1:
        added += f'<Default Extension="sigs" ContentType="{kind}-origin"/>'
        link = f'<Relationship Id="rIdSig" Type="{ORIGIN}/origin" Target="_xmlsignatures/origin.sigs"/>'
        root = root.replace("</Relationships>", f"{link}</Relationships>")
    made: dict[str, str | bytes] = {name: package.read(name) for name in package.names}
    made |= {
        "[Content_Types].xml": types.replace("</Types>", f"{added}</Types>"),
        "_rels/.rels": root,
        "_xmlsignatures/origin.sigs": "",
        "_xmlsignatures/_rels/origin.sigs.rels": relationships(
            [(f"{ORIGIN}/signature", name) for name in names]
        ),
        f"_xmlsignatures/sig{number}.xml": xml,
    }
    return pack(made)
