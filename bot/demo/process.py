"""The real bot as a process of its own, for the demo and the Playground: started, waited for, ended."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.commands.files import CommandError

TRIES = 300  # of 0.2 s; the sentence model loads slowly on a small machine


tell = partial(print, flush=True)


def stop_on_signals() -> asyncio.Event:
    """Set by Ctrl-C, or when asked to terminate."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, stop.set)
    return stop


def free(port: int, option: str) -> None:
    """Refuse a taken port, naming the way to choose another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Port {port} is taken by another program. Choose another: {option} {port + 10}"
            ) from None


@asynccontextmanager
async def bot_server(
    protocol: Path, port: int, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`clausewise serve` on loopback with this protocol and a database of its own, until the block ends.

    `settings` are further ones, as in the environment.
    """
    with tempfile.TemporaryDirectory(prefix="clausewise-demo-") as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as output:
            server = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", "serve"),
                env=os.environ | _settings(protocol, port, Path(folder)) | settings,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            await until_ready(server, f"http://127.0.0.1:{port}/healthz", "The bot's server")
            if server.returncode is not None:
                raise CommandError(f"The bot's server stopped while starting: {last_line(log)}")
            yield server
            if server.returncode:
                raise CommandError(f"The bot's server stopped by itself: {last_line(log)}")
        finally:
            await end(server)


async def first(*waits: Coroutine[object, object, object]) -> None:
    """Wait for the first of these, and drop the others."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


async def until_ready(process: asyncio.subprocess.Process, url: str, name: str) -> None:
    """Returns once the process answers, or has ended."""
    for _ in range(TRIES):
        if process.returncode is not None or await _answers(url):
            return
        await asyncio.sleep(0.2)
    raise CommandError(f"{name} did not start within a minute. Close other programs and try again.")


async def end(process: asyncio.subprocess.Process) -> None:
    """Ask a process to stop; after five seconds, stop it."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(5):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _settings(protocol: Path, port: int, folder: Path) -> dict[str, str]:
    return {
        "CLAUSEWISE_PROTOCOL": str(protocol.resolve()),
        "CLAUSEWISE_HOST": "127.0.0.1",
        "CLAUSEWISE_PORT": str(port),
        "CLAUSEWISE_INSECURE_LOCAL": "true",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "MICROSOFT_APP_ID": "",
        "PYTHONUNBUFFERED": "1",
    }


async def _answers(url: str) -> bool:
    """Is there a healthy server?"""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=2)) as session,
            session.get(url) as answer,
        ):
            return answer.status == 200
    except (ClientError, TimeoutError):
        return False


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
