"""The guides say what the code does: every setting, table, command and permission, and nothing that is gone."""

import json
import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import app
from bot.settings import Settings
from bot.storage.models import Base

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows(text: str, head: str) -> Iterator[list[str]]:
    """The rows of the table with this head, cell by cell."""
    lines = text.split(f"| {head}", 1)[1].splitlines()[2:]
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def written(default: object) -> str:
    """A default as settings.md writes it."""
    value = default.get_secret_value() if isinstance(default, SecretStr) else default
    if value is None:
        return "(none)"
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    text = text.lower() if isinstance(value, bool) else text
    return f"`{text}`" if text else "(empty)"


def settings() -> Mapping[str, str]:
    """Every setting by the name an operator gives it, with its default."""
    return {
        f"`{field.validation_alias or f'CLAUSEWISE_{name.upper()}'}`": written(field.default)
        for name, field in Settings.model_fields.items()
    }


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    table = {name: default for name, default, _ in rows(read("settings.md"), "setting")}
    assert settings() == table


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_that_pages_name_exist(page: Path) -> None:
    named = set(re.findall(r"`((?:CLAUSEWISE|MICROSOFT)_[A-Z_]+|DATABASE_URL)`", page.read_text()))
    known = {name.strip("`") for name in settings()}
    files = {f"{name}_FILE" for name in ("MICROSOFT_APP_PASSWORD", "DATABASE_URL")}
    assert set() == named - known - files


def test_every_table_of_the_database_is_accounted_for() -> None:
    told = {table for table, *_ in rows(read("privacy.md"), "table")}
    assert {f"`{name}`" for name in Base.metadata.tables} == told


def test_every_permission_of_the_app_is_explained() -> None:
    manifest = json.loads((ROOT / "bot/manifest/manifest.json").read_text(encoding="utf-8"))
    asked = manifest["authorization"]["permissions"]["resourceSpecific"]
    told = [name for name, *_ in rows(read("install.md"), "permission")]
    assert [f"`{permission['name']}`" for permission in asked] == told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_that_pages_show_are_there_described_and_small(page: Path) -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert [] == [
        name for said, name in shown if not said or (DOCS / name).stat().st_size > 150_000
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_pages_name_exist(page: Path) -> None:
    callbacks = (command.callback for command in app.registered_commands)
    known = {callback.__name__ for callback in callbacks if callback}
    named = set(re.findall(r"(?:^|`|/)clausewise ([a-z]+)", page.read_text(), re.MULTILINE))
    assert set() == named - known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
    assert [] == [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_pages_name_exist(page: Path) -> None:
    named = re.findall(r"`((?:deploy|docs|tests|bot|knowledge)/[\w./]+)`", page.read_text())
    assert [] == [name for name in named if not (ROOT / name).exists()]


def test_licences_are_those_of_the_locks() -> None:
    made = runpy.run_path(str(DOCS / "licences.py"))
    assert made["page"]() == read("licences.md")


def test_deployment_sets_only_settings_that_exist() -> None:
    known = {name.strip("`") for name in settings()}
    known |= {f"{name}_FILE" for name in ("MICROSOFT_APP_PASSWORD", "DATABASE_URL")}
    for name in ("Dockerfile", "compose.yaml", "kubernetes.yaml"):
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        used = re.findall(
            r"^\s*((?:CLAUSEWISE|MICROSOFT|DATABASE)_[A-Z_]+)[:=]", text, re.MULTILINE
        )
        assert used
        assert set() == set(used) - known
