"""`ask`: answers from a protocol, one or a batch."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import files, terminal
from knowledge.answers import Answer
from knowledge.clauses import ClauseIndex
from knowledge.model import load_model


def ask(
    file: Annotated[Path, typer.Argument(help="The protocol as a Word file.", metavar="FILE.docx")],
    question: Annotated[
        str | None, typer.Argument(help="The question, or - for standard input.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="A batch: one JSON object a line.", metavar="FILE.jsonl")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="The agency of the person who asks.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Answer from the protocol's own clauses, or say that it is silent."""
    if (question is None) == (questions is None):
        raise files.CommandError("Ask one question, or name a batch with --questions FILE.jsonl.")
    batch = [_batch_row(row, questions) for row in files.json_lines(questions)] if questions else []
    if question is not None:
        text = (
            files.standard_input("question")
            if question == "-"
            else files.not_empty(question, "question")
        )
        batch = [(text, [])]
    protocol = files.open_protocol(file)
    index = ClauseIndex(protocol, load_model())
    for text, context in batch:
        answer: Answer = index.answer(text, context, asker=agency)
        print(
            json.dumps(answer.to_json(), ensure_ascii=False)
            if as_json
            else terminal.answer_text(answer, protocol)
        )


def _batch_row(row: "files.Row", path: Path) -> tuple[str, list[str]]:
    line = files.line_of(row)
    context = files.strings(row, "context", path, line)
    previous = row.get("prev")
    if previous is not None:
        context = [*context, files.string(row, "prev", path, line)]
    return files.string(row, "q", path, line), context
