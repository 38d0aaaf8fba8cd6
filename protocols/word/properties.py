"""What a Word file says about itself beside its text: properties, macros, links that reach outside."""

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from protocols.word.model import Properties
from protocols.word.names import CUSTOM_NS
from protocols.word.package import Package, text_of

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def read_properties(package: Package) -> Properties:
    """Title, times and custom properties; None for what is not there."""
    core = next((package.xml(part) for part in package.related("", "core-properties")), None)
    return Properties(
        title=_text(core, _DC + "title"),
        created=_time(_text(core, _TERMS + "created")),
        modified=_time(_text(core, _TERMS + "modified")),
        custom=tuple(_custom(package)),
    )


def has_macros(package: Package) -> bool:
    """Whether a VBA project is inside; nothing runs it here."""
    return any(
        "vbaproject" in (package.content_type(name) or name).lower() for name in package.names
    )


def external_targets(package: Package) -> tuple[str, ...]:
    """Addresses the file loads content from when Word opens it (pictures, templates, subdocuments); none is followed."""
    found = {
        relationship.target: None
        for part in package.names
        if part.endswith(".rels") and "_xmlsignatures" not in part
        for relationship in package.relationships(_source(part)).values()
        if relationship.external and not relationship.is_a("hyperlink")
    }
    return tuple(found)


def _source(rels: str) -> str:
    folder, _, name = rels.rpartition("/")
    folder = folder.removesuffix("_rels")
    return folder + name.removesuffix(".rels")


def _custom(package: Package) -> Iterator[tuple[str, str]]:
    for part in package.related("", "custom-properties"):
        root = package.xml(part)
        for entry in () if root is None else root.iter(f"{{{CUSTOM_NS}}}property"):
            yield entry.get("name", ""), text_of(entry).strip()


def _text(root: etree._Element | None, name: str) -> str | None:
    found = None if root is None else root.find(name)
    return None if found is None else text_of(found).strip() or None


def _time(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
