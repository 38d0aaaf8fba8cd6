"""SQLite: readers beside one writer (WAL), who commits together whatever waits for it."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Generic

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.engine import Database, Result

_READERS = 2
_TOGETHER = 64


class Sqlite(Database):
    """The writer is one thread: work queues here, rather than poll for the lock, and shares the wait for the disk."""

    name = "sqlite"

    def __init__(self, url: str, busy_ms: int) -> None:
        self._reader = _engine(url, busy_ms, _READERS)
        self._writer = _engine(url, busy_ms, 1)
        event.listen(self._writer, "begin", _begin)
        self._reading = ThreadPoolExecutor(_READERS, "reading")
        self._writing = ThreadPoolExecutor(1, "writing")
        self._waiting: deque[_Write[Any]] = deque()

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, partial(_read, self._reader, work))

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        write = _Write(work)
        self._waiting.append(write)
        self._writing.submit(self._write)
        return await write.done

    async def close(self) -> None:
        for threads in (self._writing, self._reading):
            await asyncio.to_thread(threads.shutdown)
        for engine in (self._writer, self._reader):
            engine.dispose()

    def _write(self) -> None:
        """Commit what waits, and only then tell those who wait for it."""
        waiting = [self._waiting.popleft() for _ in range(min(len(self._waiting), _TOGETHER))]
        if not (together := [write for write in waiting if not write.done.cancelled()]):
            return
        failed = _committed(self._writer, together)
        together[0].done.get_loop().call_soon_threadsafe(_tell, together, failed)


class _Write(Generic[Result]):
    """Work that waits for the writer, and how it went."""

    def __init__(self, work: Callable[[Connection], Result]) -> None:
        self.done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._work = work
        self._outcome: Callable[[], None] | None = None

    def run(self, connection: Connection) -> None:
        """Do the work, or nothing of it; raises only when SQLite has given up the whole transaction."""
        connection.exec_driver_sql("SAVEPOINT one")
        try:
            self._outcome = partial(self.done.set_result, self._work(connection))
        except Exception as error:
            self._outcome = partial(self.done.set_exception, error)
            connection.exec_driver_sql("ROLLBACK TO one")
        connection.exec_driver_sql("RELEASE one")

    def tell(self, failed: Exception | None) -> None:
        """Let whoever waits go on; `failed` says why nothing was committed."""
        if self.done.done():
            return
        if failed:
            self.done.set_exception(failed)
        elif self._outcome:
            self._outcome()


def _committed(engine: Engine, together: Sequence[_Write[Any]]) -> Exception | None:
    """All in one transaction, each as if alone: what fails is undone and leaves the others. Why none of it was kept."""
    try:
        with engine.begin() as connection:
            for write in together:
                write.run(connection)
    except Exception as error:
        return error
    return None


def _tell(together: Sequence[_Write[Any]], failed: Exception | None) -> None:
    for write in together:
        write.tell(failed)


def _read(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.connect() as connection:
        return work(connection)


def _begin(connection: Connection) -> None:
    """Other processes that write wait their turn before they read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _engine(url: str, busy_ms: int, connections: int) -> Engine:
    """Every commit on disk, what is deleted overwritten; transactions begin only where `_begin` says so.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    """
    engine = create_engine(url, hide_parameters=True, pool_size=connections, max_overflow=0)

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={busy_ms}",
            "secure_delete=ON",
            "cache_size=-500",  # kB: the system keeps the file at hand too
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
