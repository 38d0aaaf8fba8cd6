"""The log: one JSON object a line, with ids, kinds and counts; never words, names or addresses of files."""

import json
import sys
from datetime import UTC, datetime
from typing import TextIO


class Log:
    """Silent until it is told where to write."""

    def __init__(self) -> None:
        self.stream: TextIO | None = None

    def info(self, event: str, **about: object) -> None:
        self._write("info", event, about)

    def warning(self, event: str, **about: object) -> None:
        self._write("warning", event, about)

    def error(self, event: str, **about: object) -> None:
        self._write("error", event, about)

    def _write(self, level: str, event: str, about: dict[str, object]) -> None:
        if self.stream is None:
            return
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        said = {**about, "event": event, "level": level, "timestamp": at}
        self.stream.write(json.dumps(said, default=repr) + "\n")
        self.stream.flush()


log = Log()


def write_logs(stream: TextIO | None = sys.stderr) -> None:
    """From now on logs go to `stream`; None for nowhere."""
    log.stream = stream
