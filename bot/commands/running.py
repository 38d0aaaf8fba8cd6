"""`serve` and `demo`: the running bot."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.commands.files import CommandError
from bot.settings import Settings

DEMO_PORT, ROOM_PORT = 3978, 3979


def serve(
    insecure_local: Annotated[
        bool, typer.Option("--insecure-local", help="No authentication; this machine only.")
    ] = False,
    protocol: Annotated[
        Path | None, typer.Option(help="The protocol to answer from.", metavar="FILE.docx")
    ] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
) -> None:
    """Run the bot. Everything else is set by the environment: see docs/settings.md."""
    given = {
        "insecure_local": insecure_local or None,
        "protocol": protocol,
        "host": host,
        "port": port,
    }
    asyncio.run(
        _serve(settings(**{name: value for name, value in given.items() if value is not None}))
    )


def demo(
    protocol: Annotated[
        Path | None, typer.Argument(help="A protocol of your own.", metavar="FILE.docx")
    ] = None,
    port: Annotated[int, typer.Option(help="The bot's port.")] = DEMO_PORT,
    room_port: Annotated[int, typer.Option(help="The meeting room page's port.")] = ROOM_PORT,
) -> None:
    """The bot and a meeting room page on this machine, with a sample protocol, until Ctrl-C."""
    from bot.demo.run import run_demo
    from protocols.samples import sample_path

    asyncio.run(run_demo(protocol or sample_path(), port, room_port))


def settings(**given: object) -> Settings:
    """Settings from the environment, with `given` put over them; CommandError names a setting that is wrong."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value
    except ValidationError as error:
        name, wrong = next(invalid(error))
        raise CommandError(f"{name}: {wrong}. See docs/settings.md.") from None
    except OSError as error:
        raise CommandError(
            f"A secret's file cannot be read ({error.strerror}): {error.filename}. Check its path."
        ) from None


def invalid(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Each setting that is wrong, by the name an operator gives it, and why."""
    for wrong in error.errors(include_input=False, include_url=False):
        name = "_".join(map(str, wrong["loc"])).upper()
        named = name.startswith(("MICROSOFT_", "DATABASE_"))
        yield name if named else f"CLAUSEWISE_{name}", wrong["msg"]


async def _serve(chosen: Settings) -> None:
    from bot.app import BadSettings
    from bot.app import serve as run
    from bot.logs import log, write_logs
    from bot.storage.errors import StorageError
    from protocols.errors import ProtocolError

    write_logs()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, stopped.set)
    try:
        await run(chosen, stopped, lambda address: log.info("listening", address=address))
        log.info("stopped")
    except (BadSettings, StorageError) as error:
        raise CommandError(str(error)) from error
    except ProtocolError as error:
        raise CommandError(f"{chosen.protocol}: {error}") from error
    except OSError as error:
        raise CommandError(
            f"Cannot listen: {error.strerror}. Choose another with --port, or CLAUSEWISE_METRICS_PORT."
        ) from error
