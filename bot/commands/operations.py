"""`package` and `check`: what IT staff need before and beside the running bot."""

import asyncio
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.checkup.remark import Remark
from bot.commands.files import CommandError
from bot.commands.running import invalid, settings
from bot.settings import Settings

_EXAMPLE = "https://clausewise.example"


def package(
    out: Annotated[Path, typer.Argument(help="The zip to write.", metavar="OUT.zip")],
    publisher: Annotated[str, typer.Option(help="Your agency, as people see it.")] = "Clausewise",
    website: Annotated[str, typer.Option(help="A page about the app, https.")] = _EXAMPLE,
    privacy: Annotated[str, typer.Option(help="Your privacy statement, https.")] = "",
    terms: Annotated[str, typer.Option(help="Your terms of use, https.")] = "",
) -> None:
    """Write the Teams app package for the bot with MICROSOFT_APP_ID."""
    from bot.manifest.packaging import NotPackaged, Publisher, teams_package

    offered_by = Publisher(publisher, website, privacy or website, terms or website)
    try:
        made = teams_package(settings().app_id, offered_by)
        out.write_bytes(made)
    except NotPackaged as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(
            f"{out}: cannot be written ({error.strerror}). Choose another place."
        ) from None
    print(f"Wrote {out}. Upload it in the Teams admin centre: Teams apps, Manage apps.")
    if website == _EXAMPLE:
        print(
            "Before people use it, name your own pages: --publisher, --website, --privacy, --terms."
        )


def check(
    ask_services: Annotated[
        bool, typer.Option("--online", help="Also ask the database, Microsoft's login and Teams.")
    ] = False,
) -> None:
    """Say what is wrong with the settings and how to put it right. Exit code 1 when something is."""
    problems = 0
    for remark in _remarks(ask_services):
        print(f"{remark.state:8} {remark.about}: {remark.says}")
        problems += remark.state == "problem"
    print(_verdict(problems))
    if problems:
        raise typer.Exit(1)


def _remarks(ask_services: bool) -> Iterator[Remark]:
    try:
        chosen = Settings()
    except ValidationError as error:
        for name, wrong in invalid(error):
            yield Remark("problem", name, f"{wrong}. See docs/settings.md.")
        return
    except OSError as error:
        yield Remark(
            "problem",
            "A secret's file",
            f"{error.filename} cannot be read ({error.strerror}). Check its path and rights.",
        )
        return
    from bot.checkup.offline import offline

    yield from offline(chosen, os.environ)
    if ask_services:
        yield from asyncio.run(_asked(chosen))


async def _asked(chosen: Settings) -> Iterable[Remark]:
    from bot.checkup.online import online

    return [remark async for remark in online(chosen)]


def _verdict(problems: int) -> str:
    if problems:
        return f"{problems} to put right." if problems > 1 else "One thing to put right."
    return "Ready."
