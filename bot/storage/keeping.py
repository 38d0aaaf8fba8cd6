"""Rows that may be there already: several bots that add the same at once all succeed."""

from collections.abc import Mapping

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.models import Base


def keep_first(connection: Connection, table: type[Base], values: Mapping[str, object]) -> None:
    """Add a row; one with the same key stays as it is."""
    connection.execute(_insert(connection, table, values).on_conflict_do_nothing())


def keep_last(
    connection: Connection,
    table: type[Base],
    values: Mapping[str, object],
    change: Mapping[str, object] | None = None,
) -> None:
    """Add a row; one with the same key takes these values, or those of `change`."""
    key = [column.name for column in inspect(table).primary_key]
    change = change or {name: value for name, value in values.items() if name not in key}
    added = _insert(connection, table, values)
    connection.execute(added.on_conflict_do_update(index_elements=key, set_=dict(change)))


def _insert(
    connection: Connection, table: type[Base], values: Mapping[str, object]
) -> postgresql.Insert | sqlite.Insert:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).values(**values)
