"""A Word file taken apart: sniffed, checked for hostile construction, its parts and relationships at hand."""

import hashlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from protocols.errors import NotADocx, UnsafeDocx
from protocols.word.names import CONTENT_TYPES_NS, RELATIONSHIPS_NS, STRICT

MAX_ENTRIES = 5_000
MAX_INFLATED = 100_000_000
MAX_XML_INFLATED = 40_000_000
MAX_TREE = 120_000_000
"""Bytes an XML part may take once parsed, by an estimate from its marks: `<` costs 125, `=` costs 330 (measured)."""

SAVE_AGAIN = "Open it in Word, save it as a Word Document (.docx) and send that."


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow out of a part; `target` is a part's name, or an address when `external`."""

    id: str
    type: str
    target: str
    external: bool

    def is_a(self, kind: str) -> bool:
        """Whether the type ends in `kind`, in the Transitional or Microsoft's own spelling."""
        return self.type.rpartition("/")[2] == kind


class Package:
    """The parts of an opened Word file; XML parts are parsed once, Strict names read as Transitional."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._sizes = {
            info.filename: info.file_size for info in archive.infolist() if not info.is_dir()
        }
        self._folded = {name.lower(): name for name in self._sizes}
        self._xml: dict[str, etree._Element | None] = {}
        self._checked: dict[str, bytes] = {}
        self._relationships: dict[str, Mapping[str, Relationship]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Part names in archive order, without the leading slash."""
        return tuple(self._sizes)

    def find(self, name: str) -> str | None:
        """The stored spelling of a part name (names are compared without case: ECMA-376-2, 9.1.1)."""
        return self._folded.get(name.lower())

    def read(self, name: str) -> bytes:
        """The raw bytes of a part."""
        return b"".join(self._chunks(name))

    def digest(self, name: str, algorithm: str) -> bytes:
        """The digest of a part's raw bytes, however large."""
        digest = hashlib.new(algorithm)
        for chunk in self._chunks(name):
            digest.update(chunk)
        return digest.digest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(1_000_000):
                    yield chunk
        except RuntimeError:
            raise NotADocx(
                f"{name} is password-protected. Remove the password in Word and send it again."
            ) from None
        except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
            raise NotADocx(
                f"The file is damaged at {name}. Ask for a new copy and send that."
            ) from None

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML part, None when there is no such part."""
        stored = self.find(name)
        if stored is None:
            return None
        if stored not in self._xml:
            self._xml[stored] = parse(self._checked.pop(stored, b"") or self.read(stored), stored)
        return self._xml[stored]

    def content_type(self, name: str) -> str | None:
        """The declared content type of a part: its own override, else its extension's default."""
        overrides, defaults = self._content_types
        return overrides.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower())

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """The relationships of a part by id; of the package itself for ''."""
        if part not in self._relationships:
            self._relationships[part] = {r.id: r for r in self._read_relationships(part)}
        return self._relationships[part]

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Names of the existing parts `part` points at with a relationship of this kind."""
        for relationship in self.relationships(part).values():
            if relationship.is_a(kind) and not relationship.external:
                target = self.find(relationship.target)
                if target is not None:
                    yield target

    def refuse_document_types(self) -> None:
        """No part may carry a DTD (ECMA-376-2, M1.17): entities would hide text or blow up."""
        xml = [name for name in self.names if _is_xml(self.content_type(name) or "", name)]
        if sum(self._sizes[name] for name in xml) > MAX_XML_INFLATED:
            raise UnsafeDocx(
                f"The file's XML unpacks to more than {MAX_XML_INFLATED // 1_000_000} MB, so it was not read."
            )
        for name in xml:
            if name not in self._xml:
                self._checked[name] = self.read(name)
                if b"<!DOCTYPE" in _to_utf8(self._checked[name]):
                    raise _document_type(name)

    @cached_property
    def main(self) -> str:
        """The name of the main document part, wherever it is stored."""
        for part in self.related("", "officeDocument"):
            return part
        raise NotADocx(f"The file has no main document part. {SAVE_AGAIN}")

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = self.xml("[Content_Types].xml")
        if root is None:
            raise NotADocx(
                f"The file has no [Content_Types].xml, so it is no Word document. {SAVE_AGAIN}"
            )
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for entry in root:
            if entry.tag == f"{{{CONTENT_TYPES_NS}}}Override":
                overrides[entry.get("PartName", "").lstrip("/").lower()] = entry.get(
                    "ContentType", ""
                )
            elif entry.tag == f"{{{CONTENT_TYPES_NS}}}Default":
                defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
        return overrides, defaults

    def _read_relationships(self, part: str) -> Iterator[Relationship]:
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for entry in () if root is None else root.iter(f"{{{RELATIONSHIPS_NS}}}Relationship"):
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            yield Relationship(
                entry.get("Id", ""),
                entry.get("Type", ""),
                target if external else _resolve(folder, target),
                external,
            )


def open_package(data: bytes) -> Package:
    """The Word file in these bytes, or NotADocx / UnsafeDocx with one line fit to show to its sender."""
    _sniff(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise NotADocx(
            "The file is incomplete: it stops before its end. Ask for a new copy and send that."
        ) from None
    _check_entries(archive)
    package = Package(archive)
    kind = package.content_type(package.main) or ""
    if "wordprocessingml" not in kind and "ms-word" not in kind:
        raise NotADocx(
            f"The file is an Office file but not a Word document ({kind or 'no type'}). {SAVE_AGAIN}"
        )
    package.refuse_document_types()
    return package


def parse(data: bytes, name: str) -> etree._Element:
    """The root of an XML part, Strict names read as Transitional, comments left out."""
    return parse_exact(_to_transitional(_to_utf8(data)), name, clean=True)


def parse_exact(data: bytes, name: str, clean: bool = False) -> etree._Element:
    """The root as written; refuses document types, entities and more elements than a document holds."""
    if data.count(b"<") * 125 + data.count(b"=") * 330 > MAX_TREE:
        raise UnsafeDocx(f"{name} holds more elements than any document needs, so it was not read.")
    try:
        root = etree.fromstring(data, _parser(clean))
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise UnsafeDocx(
                f"{name} is nested or grown beyond what a document needs, so it was not read."
            ) from None
        raise NotADocx(f"{name} is damaged (line {error.lineno}). {SAVE_AGAIN}") from None
    except ValueError:
        raise NotADocx(f"{name} is damaged. {SAVE_AGAIN}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type(name)
    return root


def _parser(clean: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=clean,
        remove_pis=clean,
    )


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def _sniff(data: bytes) -> None:
    """Names what the bytes are when they are no zip file (first bytes: facts of the formats themselves)."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"PK\x03\x04"):
        return
    if not data:
        raise NotADocx("The file is empty. Send the Word document (.docx) again.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotADocx(
                "The file is password-protected. Remove the password in Word and send it again."
            )
        raise NotADocx(f"The file is an old Word document (.doc). {SAVE_AGAIN}")
    for magic, what in (
        (b"%pdf", "a PDF"),
        (b"{\\rtf", "rich text (RTF)"),
        (b"<html", "a web page"),
        (b"<!doctype html", "a web page"),
        (b"<?xml", "an XML file"),
    ):
        if head.startswith(magic):
            raise NotADocx(
                f"The file is {what}, not a Word document. Send the Word document (.docx)."
            )
    raise NotADocx("The file is not a Word document. Send the Word document (.docx).")


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnsafeDocx(
            f"The file holds {len(entries):,} parts, more than any document needs, so it was not read."
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if name in seen:
            raise UnsafeDocx(
                f"The file holds {entry.filename} twice, so what it says depends on the reader. {SAVE_AGAIN}"
            )
        seen.add(name)
        if entry.flag_bits & 0x1:
            raise NotADocx(
                "The file is password-protected. Remove the password in Word and send it again."
            )
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise UnsafeDocx(
            f"The file unpacks to more than {MAX_INFLATED // 1_000_000} MB, so it was not read."
        )


def _is_xml(content_type: str, name: str) -> bool:
    return content_type.endswith(("+xml", "/xml")) or name.endswith((".xml", ".rels"))


def _document_type(name: str) -> UnsafeDocx:
    return UnsafeDocx(
        f"{name} declares a document type (DTD), which no Word file may, so it was not read."
    )


def _to_utf8(data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        return re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode()
    return data


_STRICT_NAME = re.compile(
    b"|".join(re.escape(name.encode()) for name in sorted(STRICT, key=len, reverse=True))
)


def _to_transitional(data: bytes) -> bytes:
    if b"purl.oclc.org/ooxml" not in data:
        return data
    return _STRICT_NAME.sub(lambda match: STRICT[match.group().decode()].encode(), data)


def _resolve(folder: str, target: str) -> str:
    """A part name from a relationship's target; a path that climbs out of the package finds nothing."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
