"""Who signed: the certificate whose key made the signature, and whether its owner is to be believed."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError

from protocols.model import Trust
from protocols.word.xmldsig import UnreadableError

_RSA, _ECDSA = "rsa", "ecdsa"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
METHODS: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": (_RSA, hashes.SHA1()),
    f"{_MORE}rsa-sha256": (_RSA, hashes.SHA256()),
    f"{_MORE}rsa-sha384": (_RSA, hashes.SHA384()),
    f"{_MORE}rsa-sha512": (_RSA, hashes.SHA512()),
    f"{_MORE}ecdsa-sha1": (_ECDSA, hashes.SHA1()),
    f"{_MORE}ecdsa-sha256": (_ECDSA, hashes.SHA256()),
    f"{_MORE}ecdsa-sha384": (_ECDSA, hashes.SHA384()),
    f"{_MORE}ecdsa-sha512": (_ECDSA, hashes.SHA512()),
}
_OIDS = {
    "sha1": "06052b0e03021a",
    "sha256": "0609608648016503040201",
    "sha384": "0609608648016503040202",
    "sha512": "0609608648016503040203",
}


def load(encoded: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    """The certificates that can be read, in order."""
    found: list[x509.Certificate] = []
    for data in encoded:
        try:
            found.append(x509.load_der_x509_certificate(data))
        except ValueError:
            continue
    return tuple(found)


def signing_certificate(
    certificates: Sequence[x509.Certificate], method: str, value: bytes, signed: bytes
) -> tuple[x509.Certificate | None, bool]:
    """The certificate whose key made the signature value (None: no one's), and whether the encoding is standard."""
    if method not in METHODS:
        raise UnreadableError("it uses a signature method this check does not know")
    kind, algorithm = METHODS[method]
    for certificate in certificates:
        try:
            key = certificate.public_key()
        except (ValueError, UnsupportedAlgorithm):
            continue
        if kind == _RSA and isinstance(key, rsa.RSAPublicKey):
            if _rsa_holds(key, value, signed, algorithm):
                return certificate, True
            if _holds_without_null(key, value, signed, algorithm):
                return certificate, False
        if (
            kind == _ECDSA
            and isinstance(key, ec.EllipticCurvePublicKey)
            and _ecdsa_holds(key, value, signed, algorithm)
        ):
            return certificate, True
    return None, True


def signer_name(certificate: x509.Certificate) -> str:
    """The common name of the certificate's owner, the whole subject without one."""
    try:
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else certificate.subject.rfc4514_string()
    except ValueError:
        return "a certificate whose name cannot be read"


def trust_of(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    at: datetime,
) -> Trust:
    """Whether the certificate leads to one of the operator's, at the time of signing; unknown without any."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return "expired"
    if not anchors:
        return "unknown"
    policy = (
        PolicyBuilder()
        .store(Store(list(anchors)))
        .time(at)
        .extension_policies(
            ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
        )
    )
    try:
        policy.build_client_verifier().verify(
            certificate, [each for each in chain if each != certificate]
        )
    except (VerificationError, ValueError, UnsupportedAlgorithm):
        return "untrusted"
    return "trusted"


def _rsa_holds(
    key: rsa.RSAPublicKey, value: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> bool:
    try:
        key.verify(value, signed, padding.PKCS1v15(), algorithm)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _holds_without_null(
    key: rsa.RSAPublicKey, value: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> bool:
    """Some signers leave the NULL parameter out of the DigestInfo (RFC 8017, 9.2 note 1; JDK-8320597)."""
    try:
        found = key.recover_data_from_signature(value, padding.PKCS1v15(), None)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    digest = hashlib.new(algorithm.name, signed).digest()
    name = bytes.fromhex(_OIDS[algorithm.name])
    inner = bytes((0x30, len(name))) + name + bytes((0x04, len(digest))) + digest
    return found == bytes((0x30, len(inner))) + inner


def _ecdsa_holds(
    key: ec.EllipticCurvePublicKey, value: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> bool:
    half = len(value) // 2
    try:
        der = encode_dss_signature(
            int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
        )
        key.verify(der, signed, ec.ECDSA(algorithm))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True
