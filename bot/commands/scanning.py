"""`scan`: apparent personal information in chat lines."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import files, terminal
from knowledge.hygiene.scanning import scan as scan_text
from knowledge.model import load_model


def scan(
    text: Annotated[
        str | None, typer.Argument(help="The message, or - for standard input.")
    ] = None,
    roster: Annotated[
        list[str] | None, typer.Option(help="Display name of a person in the meeting; repeat.")
    ] = None,
    messages: Annotated[
        Path | None, typer.Option(help="A batch: one JSON object a line.", metavar="FILE.jsonl")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
) -> None:
    """Find apparent personal information: kinds and places, never the values."""
    if (text is None) == (messages is None):
        raise files.CommandError("Give one message, or name a batch with --messages FILE.jsonl.")
    rows = [_batch_row(row, messages) for row in files.json_lines(messages)] if messages else []
    if text is not None:
        line = files.standard_input("message") if text == "-" else files.not_empty(text, "message")
        rows = [("-", line, roster or [])]
    model = load_model()
    for name, line, people in rows:
        found = scan_text(line, people, model=model)
        print(
            json.dumps(found.to_json(name), ensure_ascii=False)
            if as_json
            else terminal.scan_text(found)
        )


def _batch_row(row: "files.Row", path: Path) -> tuple[str, str, list[str]]:
    line = files.line_of(row)
    text = row.get("text")
    if not isinstance(text, str):
        raise files.CommandError(
            f'{path}, line {line}: "text" must be text. Correct that line and run again.'
        )
    return files.string(row, "id", path, line), text, files.strings(row, "roster", path, line)
