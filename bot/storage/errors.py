"""What can go wrong with the database.

StorageError            the database did not do what was asked; nothing was recorded
└── NotMigrated         the tables are of another version
"""


class StorageError(Exception):
    """The database is away, locked or full: nothing was recorded, the same may be tried again."""


class NotMigrated(StorageError):
    """The tables are of another version: run `clausewise migrate`."""
