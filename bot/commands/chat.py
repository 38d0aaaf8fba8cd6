"""`chat`: the bot's conversation in a terminal, without Teams and without Node."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import files, terminal
from cards import wording
from knowledge.clauses import ClauseIndex
from knowledge.hygiene.scanning import scan
from knowledge.model import load_model

LEAVING = {"quit", "exit", "bye", "q"}


def chat(
    file: Annotated[Path, typer.Argument(help="The protocol as a Word file.", metavar="FILE.docx")],
) -> None:
    """Ask about a protocol in a terminal. Nothing you write is kept."""
    protocol = files.open_protocol(file)
    model = load_model()
    index = ClauseIndex(protocol, model)
    print(wording.source(protocol.title, protocol.version, protocol.signature.state))
    print("Ask about the protocol; 'help' says what I can do, 'quit' ends.")
    earlier: list[str] = []
    while (text := _prompt()) is not None:
        if text.lower() == "help":
            print("\n".join(line.replace("**", "").replace("*", "") for line in wording.HELP_LINES))
            continue
        found = scan(text, model=model)
        if found.warn:
            print(f"{wording.NOTICE}. {wording.kinds_found(found.kinds)}")
        print(terminal.answer_text(index.answer(text, earlier[-3:]), protocol))
        earlier.append(text)


def _prompt() -> str | None:
    """The next line; None at the end of input or on a parting word."""
    while True:
        try:
            text = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return None
        if text.lower() in LEAVING:
            return None
        if text:
            return text
