"""What the repository promises about itself."""

import re
import subprocess
import tomllib
from pathlib import Path

import bot

ROOT = Path(bot.__file__).resolve().parents[1]
ROOMS = {"bot", "knowledge", "protocols", "cards", "tests", "docs", "deploy"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_changelog_and_packages_name_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    newest = re.search(r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert (bot.__version__, bot.__version__) == (project["version"], newest[1])


def test_top_level_folders_are_the_rooms() -> None:
    folders = {
        path.relative_to(ROOT).parts[0]
        for path in tracked()
        if len(path.relative_to(ROOT).parts) > 1
    }
    assert {folder for folder in folders if not folder.startswith(".")} <= ROOMS


def test_locks_hold_no_download_address() -> None:
    locks = [
        path for path in tracked() if path.suffix == ".lock" or path.name == "package-lock.json"
    ]
    assert len(locks) >= 3
    assert [] == [
        path.name
        for path in locks
        if re.search(r"https?://|\"resolved\"", _without_funding(path.read_text()))
    ]


def test_readme_fits_one_screen_and_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 45
    assert {"make demo", "make test"} <= set(re.findall(r"^make \w+", readme, re.MULTILINE))


def test_pictures_in_the_readme_exist() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text())
    assert [] == [name for name in pictures if not (ROOT / name).is_file()]


def _without_funding(text: str) -> str:
    """npm's lock repeats each package's funding page; that is no download address."""
    return re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\]|"[^"]*")', "", text)
