"""The Teams app package: a zip with the manifest and two icons.

Schema: npm `@microsoft/app-manifest`, teams/v1.29. Channels are left out on purpose: added to a team, the app would
read every channel of it, far beyond a meeting.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit

from bot import __version__
from bot.manifest.icons import colour_icon, outline_icon

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LONGEST_NAME = 32
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class NotPackaged(ValueError):
    """Teams would refuse the package; the message names the value and the next step."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who offers the app to its people: the agency that runs it, and where it tells them more."""

    name: str
    website: str
    privacy: str
    terms: str


def teams_package(app_id: str, publisher: Publisher) -> bytes:
    """The zip to upload in the Teams admin centre; the same input gives the same bytes."""
    written = json.dumps(manifest(app_id, publisher), ensure_ascii=False, indent=2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("manifest.json", written.encode()),
            ("color.png", colour_icon()),
            ("outline.png", outline_icon()),
        ):
            package.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def manifest(app_id: str, publisher: Publisher) -> Mapping[str, object]:
    """The manifest of this version for a bot with this app id."""
    _check(app_id, publisher)
    written = (files("bot.manifest") / "manifest.json").read_text(encoding="utf-8")
    template: dict[str, object] = json.loads(written)
    (bot,) = cast(list[dict[str, object]], template["bots"])
    return template | {
        "version": __version__,
        "id": app_id.lower(),
        "developer": {
            "name": publisher.name,
            "websiteUrl": publisher.website,
            "privacyUrl": publisher.privacy,
            "termsOfUseUrl": publisher.terms,
        },
        "bots": [{"botId": app_id.lower(), **bot}],
        # Resource-specific consent needs the app id here; `resource` must be there and does nothing.
        "webApplicationInfo": {"id": app_id.lower(), "resource": "https://RscBasedStoreApp"},
    }


def is_guid(text: str) -> bool:
    """Whether this has the shape of an id from Microsoft Entra."""
    return _GUID.fullmatch(text) is not None


def _check(app_id: str, publisher: Publisher) -> None:
    if not is_guid(app_id):
        raise NotPackaged(
            "MICROSOFT_APP_ID is not an app id like 11111111-2222-3333-4444-555555555555. "
            "Copy it from the bot's registration."
        )
    if not 0 < len(publisher.name) <= _LONGEST_NAME:
        raise NotPackaged(
            f"--publisher has {len(publisher.name)} characters. Teams takes 1 to {_LONGEST_NAME}: shorten it."
        )
    for option in ("website", "privacy", "terms"):
        parts = urlsplit(getattr(publisher, option))
        if parts.scheme != "https" or not parts.hostname:
            raise NotPackaged(f"--{option} is not an https address. Name a page people can open.")
