"""The log: one JSON object a line, with ids, kinds and counts; never words, names or addresses of files."""

import logging
import sys
from typing import TextIO

import structlog

log: structlog.typing.FilteringBoundLogger = structlog.get_logger("clausewise")


def write_logs(stream: TextIO = sys.stderr) -> None:
    """From now on logs go to `stream`. Libraries speak from warnings up; theirs is dropped below."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
