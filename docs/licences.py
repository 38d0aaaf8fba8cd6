"""Writes licences.md from the locks: `.venv/bin/python docs/licences.py`. A test compares the two."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Licences of the packages Clausewise uses

Made by `docs/licences.py` from `requirements.lock` and `bot/demo/package-lock.json`. As each package states them.
"""
_CLASSIFIER = "License :: OSI Approved :: "


def page() -> str:
    """The whole page."""
    tables = (
        ("Python packages, in the container and on your machine", _python()),
        ("Node.js packages, for the demo and the tests alone", _node()),
    )
    return HEAD + "".join(f"\n## {title}\n\n{_table(rows)}" for title, rows in tables)


def _table(rows: Iterator[tuple[str, str, str]]) -> str:
    lines = ["| package | version | licence |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _python() -> Iterator[tuple[str, str, str]]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE):
        yield name, version, _stated(metadata(name))


def _stated(package: PackageMetadata) -> str:
    """The licence's name, from the newest of the three places where a package may state it."""
    for key in ("License-Expression", "License"):
        if key in package and 0 < len(value := package[key].strip()) < 60:
            return value
    listed = [
        c.removeprefix(_CLASSIFIER) for c in package.get_all("Classifier") or [] if _CLASSIFIER in c
    ]
    return "; ".join(listed) or "see the package"


def _node() -> Iterator[tuple[str, str, str]]:
    lock = json.loads((ROOT / "bot/demo/package-lock.json").read_text(encoding="utf-8"))
    for path, package in lock["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            yield name, package["version"], package.get("license", "see the package")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
