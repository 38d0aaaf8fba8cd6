"""The command line as a program that others call: real processes, real files, exit codes and one-line refusals."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from protocols.samples import sample_path

SAMPLE = str(sample_path())


def clausewise(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_read_gives_the_contract_as_json() -> None:
    done = clausewise("read", SAMPLE, "--json")
    protocol = json.loads(done.stdout)
    expected = {
        *("title", "version", "security_classification", "agencies", "lead_agency", "sections"),
        *("rules", "contacts", "signatories", "signature", "review", "findings"),
    }
    assert expected == set(protocol)
    assert protocol["signature"]["state"] == "signed"
    first = protocol["sections"][0]["clauses"][0]
    assert {"id", "number", "cite", "kind", "text", "cells", "notes", "section", "heading"} == set(
        first
    )


def test_read_as_text_puts_the_label_before_a_tab() -> None:
    done = clausewise("read", SAMPLE, "--text")
    protocol = json.loads(clausewise("read", SAMPLE, "--json").stdout)
    clause = next(
        c
        for s in protocol["sections"]
        for c in s["clauses"]
        if c["kind"] == "paragraph" and c["number"]
    )
    assert f"{clause['number']}\t{clause['text']}" in done.stdout


def test_ask_quotes_a_clause_word_for_word() -> None:
    protocol = json.loads(clausewise("read", SAMPLE, "--json").stdout)
    words = {c["cite"]: c["text"] for s in protocol["sections"] for c in s["clauses"]}
    answer = json.loads(clausewise("ask", SAMPLE, "can i record this meeting?", "--json").stdout)
    assert answer["outcome"] == "may_not"
    assert all(words[quoted["cite"]] == quoted["text"] for quoted in answer["clauses"])


def test_ask_reads_a_question_from_standard_input() -> None:
    done = clausewise("ask", SAMPLE, "-", "--json", given="who is the breach contact?\n")
    assert json.loads(done.stdout)["question"] == "who is the breach contact?"


def test_ask_answers_a_batch_in_order(tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text(
        '{"q": "can I record?", "prev": null}\n\n{"q": "and a screenshot?", "context": ["can I record?"]}\n'
    )
    done = clausewise("ask", SAMPLE, "--questions", str(batch), "--json")
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == [
        "can I record?",
        "and a screenshot?",
    ]


def test_scan_finds_numbers_with_their_places() -> None:
    text = "ring 021 555 0142, IRD 49-091-850, NHI ZBV5768, jo.b@home.example"
    scan = json.loads(clausewise("scan", "-", "--json", given=text).stdout)
    found = {
        finding["kind"]: text[finding["start"] : finding["end"]] for finding in scan["findings"]
    }
    expected = {
        "phone": "021 555 0142",
        "ird": "49-091-850",
        "nhi": "ZBV5768",
        "email": "jo.b@home.example",
    }
    assert expected == {kind: found.get(kind) for kind in expected}
    assert scan["warn"] is True


def test_scan_without_json_never_repeats_the_value() -> None:
    done = clausewise("scan", "-", given="NHI ZBV5768")
    assert "ZBV5768" not in done.stdout
    assert "NHI" in done.stdout


def test_chat_holds_a_conversation() -> None:
    done = clausewise("chat", SAMPLE, given="can I record this?\nhelp\nquit\n")
    assert done.returncode == 0
    assert "record" in done.stdout


def refusals() -> list[tuple[str, list[str], str]]:
    return [
        ("a missing file", ["read", "no-such.docx"], "no such file"),
        ("a folder", ["read", "."], "folder"),
        ("a PDF", ["read", "{pdf}"], "PDF"),
        ("not a zip", ["ask", "{text}", "who?"], "Word"),
        ("an empty question", ["ask", SAMPLE, " "], "empty"),
        ("no question", ["ask", SAMPLE], "--questions"),
        ("bad JSON in a batch", ["ask", SAMPLE, "--questions", "{bad}", "--json"], "line 2"),
        ("no q in a batch", ["ask", SAMPLE, "--questions", "{noq}", "--json"], "line 1"),
        ("bad JSON in messages", ["scan", "--messages", "{bad}", "--json"], "line 2"),
        ("an unknown command", ["reed"], "reed"),
        ("an unknown option", ["read", SAMPLE, "--xml"], "--xml"),
        ("no clause", ["read", "{empty}"], "clause"),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"), [case[1:] for case in refusals()], ids=[case[0] for case in refusals()]
)
def test_refuses_in_one_line_with_exit_code_2(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    files = {name: str(path) for name, path in bad_files(tmp_path).items()}
    done = clausewise(*(argument.format(**files) for argument in arguments))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr
    assert done.stdout == ""


def bad_files(folder: Path) -> dict[str, Path]:
    import docx

    files = {name: folder / f"{name}.docx" for name in ("pdf", "text", "empty")}
    files |= {name: folder / f"{name}.jsonl" for name in ("bad", "noq")}
    files["pdf"].write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    files["text"].write_text("just words")
    files["bad"].write_text('{"q": "who?", "id": "1", "text": "hi"}\n{"q": \n')
    files["noq"].write_text('{"question": "who?"}\n')
    docx.Document().save(str(files["empty"]))
    return files
