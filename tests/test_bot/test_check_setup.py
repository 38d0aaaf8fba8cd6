"""`check`: what is wrong with a set-up is named, with the next step; services here are local stand-ins."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.checkup.offline import offline
from bot.checkup.online import online
from bot.checkup.remark import Remark
from bot.demo.connector import FakeConnector
from bot.demo.tokens import METADATA_PATH
from bot.settings import Settings
from bot.storage.database import migrate, open_database
from bot.teams.tokens import KeptTokens
from tests.test_bot.rig import fetch_token, sample

GUID = "11111111-2222-3333-4444-555555555555"
SOUND: dict[str, object] = {
    "app_id": GUID,
    "app_password": "secret-for-tests",
    "app_tenant": GUID,
    "host": "0.0.0.0",
}


def problems(tmp_path: Path, **changed: object) -> list[str]:
    """What the check names as a problem, given a sound set-up with some settings changed."""
    given = {**SOUND, "database_url": f"sqlite:///{tmp_path}/bot.sqlite3", **changed}
    found = offline(Settings.model_validate(given), {})
    return [remark.about for remark in found if remark.state == "problem"]


def test_sound_set_up_has_no_problem(tmp_path: Path) -> None:
    assert [] == problems(tmp_path)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"app_id": ""}, ["MICROSOFT_APP_ID"]),
        ({"app_id": "clausewise"}, ["MICROSOFT_APP_ID"]),
        ({"app_password": ""}, ["MICROSOFT_APP_PASSWORD"]),
        ({"app_password": "", "app_type": "UserAssignedMSI"}, []),
        ({"app_tenant": "", "allowed_tenants": GUID}, ["MICROSOFT_APP_TENANT_ID"]),
        ({"app_tenant": ""}, ["MICROSOFT_APP_TENANT_ID", "CLAUSEWISE_ALLOWED_TENANTS"]),
        ({"allowed_tenants": f"{GUID},agency.example"}, ["CLAUSEWISE_ALLOWED_TENANTS"]),
        ({"facilitators": "mere@agency.example"}, ["CLAUSEWISE_FACILITATORS"]),
        ({"insecure_local": True}, ["CLAUSEWISE_HOST"]),
        ({"send_timeout": 15}, ["CLAUSEWISE_SEND_TIMEOUT"]),
        ({"protocol": "missing.docx"}, ["CLAUSEWISE_PROTOCOL"]),
        ({"database_url": "sqlite:////missing/folder/bot.sqlite3"}, ["DATABASE_URL"]),
        ({"database_url": "mysql://localhost/bot"}, ["DATABASE_URL"]),
        ({"database_url": "bot.sqlite3"}, ["DATABASE_URL"]),
        ({"database_url": "postgresql://bot@db/clausewise"}, []),
        ({"database_url": "postgresql://bot@db:port/clausewise"}, ["DATABASE_URL"]),
        ({"metrics_port": 3978}, ["CLAUSEWISE_METRICS_PORT"]),
        ({"metrics_port": 9978}, []),
        ({"trust_store": "missing.pem"}, ["CLAUSEWISE_TRUST_STORE"]),
    ],
)
def test_each_mistake_is_named(
    tmp_path: Path, changed: dict[str, object], named: list[str]
) -> None:
    assert named == problems(tmp_path, **changed)


def test_misspelt_setting_is_named_with_the_right_one() -> None:
    found = offline(Settings.model_validate(SOUND), {"CLAUSEWISE_ALOWED_TENANTS": GUID})
    assert "is not a setting. Did you mean CLAUSEWISE_ALLOWED_TENANTS?" in [r.says for r in found]


def test_readable_protocol_is_no_problem(tmp_path: Path) -> None:
    protocol = tmp_path / "protocol.docx"
    protocol.write_bytes(sample())
    assert [] == problems(tmp_path, protocol=protocol)


@pytest.fixture
async def microsoft() -> AsyncIterator[FakeConnector]:
    made = FakeConnector()
    await made.start()
    yield made
    await made.stop()


async def asked(
    here: FakeConnector, tmp_path: Path, *, late: float = 0, **changed: object
) -> dict[str, Remark]:
    """What an online check says, by what it is about."""
    given = {
        **SOUND,
        "database_url": f"sqlite:///{tmp_path}/bot.sqlite3",
        "openid_url": here.url + METADATA_PATH,
        "service_hosts": here.url,
        **changed,
    }
    found = online(
        Settings.model_validate(given),
        lambda _: KeptTokens(partial(fetch_token, here.url)),
        lambda: datetime.now(UTC) + timedelta(seconds=late),
    )
    return {remark.about: remark async for remark in found}


async def test_services_that_answer_are_all_well(microsoft: FakeConnector, tmp_path: Path) -> None:
    found = await asked(microsoft, tmp_path)
    assert {"ok"} == {remark.state for remark in found.values()}
    expected = ["DATABASE_URL", "CLAUSEWISE_OPENID_URL", "Clock", "MICROSOFT_APP_ID"]
    assert [*expected, "CLAUSEWISE_SERVICE_HOSTS"] == list(found)


async def test_wrong_clock_is_named(microsoft: FakeConnector, tmp_path: Path) -> None:
    found = await asked(microsoft, tmp_path, late=400)
    assert "problem" == found["Clock"].state


async def test_services_out_of_reach_are_named(microsoft: FakeConnector, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    found = await asked(microsoft, tmp_path, openid_url=nowhere, service_hosts=nowhere)
    assert {
        "CLAUSEWISE_OPENID_URL": "problem",
        "CLAUSEWISE_SERVICE_HOSTS": "problem",
    } == {about: found[about].state for about in found if found[about].state != "ok"}


async def test_login_that_gives_no_token_is_named(microsoft: FakeConnector, tmp_path: Path) -> None:
    given = {**SOUND, "openid_url": microsoft.url + METADATA_PATH, "service_hosts": microsoft.url}
    refusing = KeptTokens(lambda: {"error": "invalid_client"})
    settings = Settings.model_validate(given | {"database_url": f"sqlite:///{tmp_path}/b.sqlite3"})
    found = {remark.about: remark async for remark in online(settings, lambda _: refusing)}
    assert "problem" == found["MICROSOFT_APP_ID"].state
    assert "invalid_client" in found["MICROSOFT_APP_ID"].says


async def test_tables_of_another_version_are_named(
    microsoft: FakeConnector, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/old.sqlite3"
    (tmp_path / "old.sqlite3").touch()
    before = (await asked(microsoft, tmp_path, database_url=url))["DATABASE_URL"]
    database = open_database(Settings.model_validate({"database_url": url}).driver_url)
    await migrate(database)
    await database.close()
    after = (await asked(microsoft, tmp_path, database_url=url))["DATABASE_URL"]
    assert ("problem", "ok") == (before.state, after.state)
    assert before.says.endswith("Run: clausewise migrate")


async def test_database_out_of_reach_is_named_without_its_password(
    microsoft: FakeConnector, tmp_path: Path
) -> None:
    url = "postgresql://bot:hunter2@127.0.0.1:9/clausewise"
    found = (await asked(microsoft, tmp_path, database_url=url))["DATABASE_URL"]
    assert "problem" == found.state
    assert "hunter2" not in found.says


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def clausewise(tmp_path: Path) -> Run:
    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            env={"PATH": "", "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def test_check_ends_with_1_and_never_shows_a_secret(clausewise: Run) -> None:
    done = clausewise("check", MICROSOFT_APP_PASSWORD="hunter2", CLAUSEWISE_PORT="high")
    assert (1, "") == (done.returncode, done.stderr)
    assert "problem  CLAUSEWISE_PORT:" in done.stdout
    assert "hunter2" not in done.stdout


def test_check_names_a_secret_file_that_is_not_there(clausewise: Run) -> None:
    done = clausewise("check", MICROSOFT_APP_PASSWORD_FILE="/run/secrets/missing")
    assert 1 == done.returncode
    assert "/run/secrets/missing cannot be read" in done.stdout


def test_check_of_a_sound_set_up_ends_with_0(clausewise: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret-for-tests\n")
    done = clausewise(
        "check",
        MICROSOFT_APP_ID=GUID,
        MICROSOFT_APP_TENANT_ID=GUID,
        MICROSOFT_APP_PASSWORD_FILE=str(secret),
    )
    assert (0, "Ready.") == (done.returncode, done.stdout.splitlines()[-1])
    assert [secret] == list(tmp_path.iterdir())


def test_package_without_an_app_id_is_refused_in_one_line(clausewise: Run) -> None:
    done = clausewise("package", "out.zip")
    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "MICROSOFT_APP_ID" in done.stderr


def test_package_is_written_where_asked(clausewise: Run, tmp_path: Path) -> None:
    done = clausewise("package", "out.zip", MICROSOFT_APP_ID=GUID)
    assert (0, b"PK") == (done.returncode, (tmp_path / "out.zip").read_bytes()[:2])
