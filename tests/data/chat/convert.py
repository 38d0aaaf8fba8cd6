"""Turn marked chat lines into the evaluation format: `convert.py FILE.raw.jsonl...` writes FILE.jsonl beside each.

In a raw line personal information is marked in place as [[kind|words]].
"""

import json
import re
import sys
from pathlib import Path

_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.DOTALL)


def convert(raw: dict[str, object], line_id: str) -> dict[str, object]:
    """The line with its marks taken out and kept as spans."""
    text, spans, done = "", [], 0
    marked = str(raw["text"])
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        spans.append({"start": len(text), "end": len(text) + len(mark[2]), "kind": mark[1]})
        text += mark[2]
        done = mark.end()
    return {
        "id": line_id,
        "text": text + marked[done:],
        "warn": raw["warn"],
        "category": raw["category"],
        "roster": raw["roster"],
        "spans": spans,
    }


def main(paths: list[str]) -> None:
    """Write the converted file of each path."""
    for name in paths:
        path = Path(name)
        author = path.name.removesuffix(".raw.jsonl")
        lines = path.read_text(encoding="utf-8").splitlines()
        converted = [
            convert(json.loads(line), f"{author}-{number:03}")
            for number, line in enumerate((line for line in lines if line.strip()), 1)
        ]
        path.with_name(f"{author}.jsonl").write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in converted),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main(sys.argv[1:])
