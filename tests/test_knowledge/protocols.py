"""Protocols and questions of tests/data as the product's own values."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from protocols.model import Clause, Protocol
from protocols.reading import protocol_from_clauses

DATA = Path(__file__).parent.parent / "data"


def rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


@cache
def protocol(stem: str) -> Protocol:
    clauses: list[Clause] = []
    lead_in: str | None = None
    for row in rows(DATA / "protocols" / f"{stem}.jsonl"):
        cite = row["number"] or row["id"]
        if row["kind"] != "list_item":
            lead_in = cite if row["text"].rstrip().endswith(":") else None
        clauses.append(
            Clause(
                id=row["id"],
                number=row["number"],
                cite=cite,
                kind=row["kind"],
                text=row["text"],
                cells=row.get("cells"),
                notes=(),
                section=row["section"],
                heading=row["heading"],
                lead_in=lead_in if row["kind"] == "list_item" else None,
            )
        )
    return protocol_from_clauses(stem, clauses, date(2026, 11, 22))


def questions(stem: str) -> list[Mapping[str, Any]]:
    return list(rows(DATA / "questions" / f"{stem}.jsonl"))
