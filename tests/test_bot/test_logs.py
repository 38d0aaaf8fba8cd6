"""The log: a JSON object a line, and nothing before it is told where to write."""

import json
from datetime import datetime
from io import StringIO

from bot.logs import Log


def test_each_event_is_a_json_object_on_a_line_of_its_own() -> None:
    log = Log()
    log.stream = stream = StringIO()
    log.info("turn", kind="message", effects=["Say"], conversation="19:māori\n")
    log.error("not sendable", key="k")
    first, second = map(json.loads, stream.getvalue().splitlines())
    at = datetime.fromisoformat(first.pop("timestamp"))
    assert at.tzinfo is not None
    assert first == {
        "event": "turn",
        "level": "info",
        "kind": "message",
        "effects": ["Say"],
        "conversation": "19:māori\n",
    }
    assert ("error", "not sendable", "k") == (second["level"], second["event"], second["key"])


def test_silent_until_told_where_to_write() -> None:
    log = Log()
    log.warning("refused", status=401)
    log.stream = stream = StringIO()
    assert stream.getvalue() == ""
