"""Rows that may be there already: several bots that add the same at once all succeed."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import sqlite

from bot.storage.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def keep_first(connection: Connection, table: type[Base], values: Mapping[str, object]) -> None:
    """Add a row; one with the same key stays as it is."""
    connection.execute(_first(connection.dialect.name, table), values)


def keep_last(
    connection: Connection,
    table: type[Base],
    values: Mapping[str, object],
    stays: Collection[str] = (),
) -> None:
    """Add a row; one with the same key takes these values, but for what `stays`."""
    changing = tuple(name for name in values if name not in stays)
    connection.execute(_last(connection.dialect.name, table, changing), values)


@cache
def _first(dialect: str, table: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _last(
    dialect: str, table: type[Base], changing: tuple[str, ...]
) -> "postgresql.Insert | sqlite.Insert":
    key = [column.name for column in inspect(table).primary_key]
    added = _insert(dialect, table)
    change = {name: added.excluded[name] for name in changing if name not in key}
    return added.on_conflict_do_update(index_elements=key, set_=change)


def _insert(dialect: str, table: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # SQLite needs none of it

    return postgresql.insert(table)
