"""The outside world: Teams, HTTP, the clock, the database, the command line."""

__version__ = "0.1.0"
