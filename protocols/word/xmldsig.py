"""The XML side of an Office signature: what it references, and whether that is still so (XMLDSig, ECMA-376-2 clause 12)."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from protocols.word.names import RELATIONSHIPS_NS
from protocols.word.package import Package, parse_exact

D = "{http://www.w3.org/2000/09/xmldsig#}"
MDSSI = "{http://schemas.openxmlformats.org/package/2006/digital-signature}"
DIGESTS = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
C14N = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Canonicalisation algorithm to lxml's (exclusive, with_comments)."""
RELATIONSHIPS_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_DEFAULT_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_MAX_REFERENCES = 5_000
_MAX_TRANSFORMED = 50_000_000
"""Bytes of .rels parts one signature may have transformed: references may repeat."""


class AlteredError(Exception):
    """Something the signature protects is no longer as it was signed."""


class UnreadableError(Exception):
    """The signature cannot be followed, so nothing is known."""


class Digests:
    """Digests of a package's parts, each computed once however often it is referenced."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[tuple[str, str], bytes] = {}

    def of(self, part: str, algorithm: str) -> bytes:
        """The digest of a part's raw bytes."""
        if (part, algorithm) not in self._known:
            self._known[part, algorithm] = self._package.digest(part, algorithm)
        return self._known[part, algorithm]


def signed_elements(signature: etree._Element) -> list[etree._Element]:
    """The elements `SignedInfo` protects, once their digests hold."""
    ids = _unique_ids(signature)
    references = signature.findall(f"{D}SignedInfo/{D}Reference")
    if not 0 < len(references) <= 100:
        raise UnreadableError("it names nothing that it signs")
    return [_signed_element(reference, ids) for reference in references]


def covered(
    manifest: etree._Element, package: Package, digests: Digests
) -> tuple[set[str], dict[str, set[str]]]:
    """Parts the manifest covers, and per .rels part the relationship ids it covers, once their digests hold."""
    references = manifest.findall(f"{D}Reference")
    if not 0 < len(references) <= _MAX_REFERENCES:
        raise UnreadableError("its list of parts is empty or endless")
    parts: set[str] = set()
    relationships: dict[str, set[str]] = {}
    transformed = 0
    for reference in references:
        part = _existing_part(reference, package)
        wanted, algorithm = _digest(reference)
        transform = reference.find(
            f"{D}Transforms/{D}Transform[@Algorithm='{RELATIONSHIPS_TRANSFORM}']"
        )
        if transform is None:
            actual = digests.of(part, algorithm) if _is_plain(reference) else b""
        else:
            data = package.read(part)
            transformed += len(data)
            if transformed > _MAX_TRANSFORMED:
                raise UnreadableError("its list of parts is endless")
            ids, content = _relationships(data, part, transform, reference)
            relationships.setdefault(part, set()).update(ids)
            actual = hashlib.new(algorithm, content).digest()
        if actual != wanted:
            raise AlteredError(f"{part} has changed since it was signed")
        parts.add(part)
    return parts, relationships


def canonical(element: etree._Element, algorithm: str | None = None) -> bytes:
    """Canonical bytes of an element.

    The element is written out and read again first: lxml adds `xmlns=""` when it canonicalises inside a tree
    (https://github.com/XML-Security/signxml/pull/283).
    """
    if (algorithm or _DEFAULT_C14N) not in C14N:
        raise UnreadableError("it is written in a form this check does not know")
    exclusive, comments = C14N[algorithm or _DEFAULT_C14N]
    alone = parse_exact(etree.tostring(element, with_tail=False), "The signature")
    return etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=comments)


def decoded(text: str | None) -> bytes:
    """Base64 text as bytes."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableError("one of its values is damaged") from None


def _unique_ids(signature: etree._Element) -> dict[str, etree._Element]:
    """Elements by id; a repeated id is how a signature is wrapped around something else."""
    ids: dict[str, etree._Element] = {}
    for element in signature.iter(etree.Element):
        for name in ("Id", "ID", "id"):
            key = element.get(name)
            if key is not None and ids.setdefault(key, element) is not element:
                raise UnreadableError("two of its elements share one id")
    return ids


def _signed_element(reference: etree._Element, ids: dict[str, etree._Element]) -> etree._Element:
    uri = reference.get("URI", "")
    element = ids.get(uri[1:]) if uri.startswith("#") else None
    if element is None:
        raise UnreadableError("it refers to something outside itself")
    form = None
    for transform in reference.iterfind(f"{D}Transforms/{D}Transform"):
        form = transform.get("Algorithm", "")
    wanted, algorithm = _digest(reference)
    if hashlib.new(algorithm, canonical(element, form)).digest() != wanted:
        raise AlteredError(
            f"the signature's own record ({uri[1:]}) has changed since it was signed"
        )
    return element


def _digest(reference: etree._Element) -> tuple[bytes, str]:
    method, value = reference.find(D + "DigestMethod"), reference.find(D + "DigestValue")
    algorithm = None if method is None else DIGESTS.get(method.get("Algorithm", ""))
    if algorithm is None or value is None:
        raise UnreadableError("it uses a digest this check does not know")
    return decoded(value.text), algorithm


def _existing_part(reference: etree._Element, package: Package) -> str:
    """The part a manifest reference names; its content type must be the signed one (ECMA-376-2, M6.10, M6.11)."""
    path, _, query = reference.get("URI", "").partition("?")
    part = package.find(unquote(path).lstrip("/"))
    if part is None:
        raise AlteredError(
            f"{unquote(path).lstrip('/') or 'a part'} was signed and is no longer in the file"
        )
    if package.content_type(part) != unquote(query.removeprefix("ContentType=")):
        raise AlteredError(f"the type of {part} has changed since it was signed")
    return part


def _is_plain(reference: etree._Element) -> bool:
    if reference.find(f"{D}Transforms/{D}Transform") is not None:
        raise UnreadableError("it transforms a part in a way this check does not know")
    return True


def _relationships(
    data: bytes, part: str, transform: etree._Element, reference: etree._Element
) -> tuple[set[str], bytes]:
    """Ids of the relationships kept, and their canonical bytes (ECMA-376-2, 12.2.4.25)."""
    ids = {each.get("SourceId", "") for each in transform.iter(MDSSI + "RelationshipReference")}
    types = {
        each.get("SourceType", "") for each in transform.iter(MDSSI + "RelationshipsGroupReference")
    }
    root = etree.Element(f"{{{RELATIONSHIPS_NS}}}Relationships", nsmap={None: RELATIONSHIPS_NS})  # type: ignore[dict-item]  # None is the default namespace
    kept = sorted(_kept(parse_exact(data, part), ids, types), key=lambda each: each.get("Id", ""))
    for each in kept:
        attributes = {
            "TargetMode": "Internal",
            **{str(key): str(value) for key, value in each.attrib.items()},
        }
        etree.SubElement(root, f"{{{RELATIONSHIPS_NS}}}Relationship", attributes)
    forms = [
        each.get("Algorithm", "") for each in reference.iterfind(f"{D}Transforms/{D}Transform")
    ]
    form = next((each for each in forms if each != RELATIONSHIPS_TRANSFORM), None)
    return {each.get("Id", "") for each in kept}, canonical(root, form)


def _kept(root: etree._Element, ids: set[str], types: set[str]) -> Iterator[etree._Element]:
    for each in root.iter(f"{{{RELATIONSHIPS_NS}}}Relationship"):
        if each.get("Id") in ids or each.get("Type") in types:
            yield each
