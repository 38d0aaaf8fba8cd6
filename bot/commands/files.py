"""What the commands read: files, standard input, lines of JSON. Every refusal is one line with the next step.

CommandError        refused input or usage: exit code 2
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.trust import BadTrustStore, trusted
from protocols.errors import ProtocolError
from protocols.model import Protocol
from protocols.reading import read_protocol

Row = Mapping[str, object]
NEW_ZEALAND = ZoneInfo("Pacific/Auckland")


class CommandError(Exception):
    """The message is the one line for standard error."""


def today() -> date:
    """The date in New Zealand."""
    return datetime.now(NEW_ZEALAND).date()


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CommandError(
            f"{path}: there is no such file. Check the name and the folder."
        ) from None
    except IsADirectoryError:
        raise CommandError(f"{path}: this is a folder. Name the DOCX file in it.") from None
    except OSError as error:
        raise CommandError(
            f"{path}: cannot be read ({error.strerror}). Check its permissions."
        ) from None


def open_protocol(path: Path, trust_store: Path | None = None) -> Protocol:
    """The protocol in a DOCX file, signed or not; digital signatures are trusted by the store, if there is one."""
    try:
        return read_protocol(read_bytes(path), today=today(), trust=trusted(trust_store))
    except BadTrustStore as error:
        raise CommandError(str(error)) from error
    except ProtocolError as error:
        raise CommandError(f"{path}: {error}") from error


def standard_input(what: str) -> str:
    """All of standard input, for `-`."""
    text = sys.stdin.buffer.read().decode("utf-8", "replace").strip("\n")
    return not_empty(text, what)


def not_empty(text: str, what: str) -> str:
    if not text.strip():
        raise CommandError(f"The {what} is empty. Write it in quotes, or pipe it in and use '-'.")
    return text


def json_lines(path: Path) -> list[Row]:
    """Every object of a JSON-lines file, blank lines left out; the whole file is checked before anything is returned."""
    return list(_objects(path, read_bytes(path)))


def line_of(row: Row) -> int:
    """The line a row of `json_lines` stood on, from 1."""
    line = row["line"]
    return line if isinstance(line, int) else 0


def string(row: Row, key: str, path: Path, line: int) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CommandError(
            f'{path}, line {line}: "{key}" must be text. Correct that line and run again.'
        )
    return value


def strings(row: Row, key: str, path: Path, line: int) -> list[str]:
    """A list of text under `key`; empty when it is missing or null."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CommandError(
            f'{path}, line {line}: "{key}" must be a list of text. Correct that line and run again.'
        )
    return value


def _objects(path: Path, data: bytes) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{path}: is not UTF-8 text. Save it as UTF-8 and run again.") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CommandError(
                f"{path}, line {number}: is not JSON ({error.msg}, column {error.colno}). Correct that line and run again."
            ) from None
        if not isinstance(row, dict):
            raise CommandError(
                f"{path}, line {number}: must be a JSON object. Correct that line and run again."
            )
        yield {**row, "line": number}
