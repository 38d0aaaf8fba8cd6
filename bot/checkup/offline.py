"""What is wrong with a set-up, without leaving this machine."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from rapidfuzz import process
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.app import problems
from bot.checkup.remark import Remark
from bot.commands.files import CommandError, open_protocol
from bot.manifest.packaging import is_guid
from bot.settings import Settings
from bot.trust import BadTrustStore, trusted
from knowledge.model import load_model

_PREFIX = "CLAUSEWISE_"


def offline(settings: Settings, environment: Mapping[str, str]) -> Iterator[Remark]:
    """Everything that can be known without leaving this machine."""
    for problem in problems(settings):
        name, _, says = problem.partition(" ")
        yield Remark("problem", name.rstrip(":"), says)
    yield from _misspelt(environment)
    yield from _ids(settings)
    yield from _doors(settings)
    yield _lease(settings)
    yield _protocol(settings.protocol)
    yield from _trust(settings.trust_store)
    yield _model()
    yield _database(settings)


def _misspelt(environment: Mapping[str, str]) -> Iterator[Remark]:
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if name.startswith(_PREFIX) and name not in known:
            nearest = process.extractOne(name, known)
            yield Remark("problem", name, f"is not a setting. Did you mean {nearest[0]}?")


def _ids(settings: Settings) -> Iterator[Remark]:
    listed = {
        "MICROSOFT_APP_ID": (settings.app_id,),
        "MICROSOFT_APP_TENANT_ID": (settings.app_tenant,),
        "CLAUSEWISE_ALLOWED_TENANTS": settings.allowed_tenants,
        "CLAUSEWISE_FACILITATORS": settings.facilitators,
    }
    for name, ids in listed.items():
        wrong = [given for given in ids if given and not is_guid(given)]
        if wrong:
            yield Remark(
                "problem",
                name,
                f"{len(wrong)} of {len(ids)} are not ids like "
                "11111111-2222-3333-4444-555555555555. Copy them from Microsoft Entra.",
            )
        elif any(ids):
            yield Remark("ok", name, "has the shape of an id.")


def _doors(settings: Settings) -> Iterator[Remark]:
    where = f"{settings.host}:{settings.port}"
    if settings.insecure_local:
        yield Remark("note", "--insecure-local", "anybody on this machine can call the bot.")
    elif settings.host in ("127.0.0.1", "localhost", "::1"):
        yield Remark(
            "note", "CLAUSEWISE_HOST", f"{where} needs a proxy with TLS on this same machine."
        )
    else:
        yield Remark("ok", "CLAUSEWISE_HOST", f"{where}; a proxy with TLS must stand before it.")
    if settings.metrics_port == settings.port:
        yield Remark(
            "problem",
            "CLAUSEWISE_METRICS_PORT",
            "is the bot's own port. Choose another, or leave it out.",
        )
    if settings.app_type == "MultiTenant":
        yield Remark(
            "note",
            "MICROSOFT_APP_TYPE",
            "MultiTenant: Microsoft takes no new bots of this type. Plan for SingleTenant.",
        )


def _lease(settings: Settings) -> Remark:
    """A send, at most two calls, that outlasts its lease would be sent by a second process too."""
    if 2 * settings.send_timeout >= settings.lease_seconds:
        return Remark(
            "problem",
            "CLAUSEWISE_SEND_TIMEOUT",
            f"{settings.send_timeout:g} s must be less than half of CLAUSEWISE_LEASE_SECONDS "
            f"({settings.lease_seconds:g} s). Lower it.",
        )
    return Remark("ok", "CLAUSEWISE_SEND_TIMEOUT", "is less than half the lease.")


def _protocol(path: Path | None) -> Remark:
    about = "CLAUSEWISE_PROTOCOL"
    if path is None:
        return Remark("note", about, "not set: each meeting needs a protocol of its own.")
    try:
        protocol = open_protocol(path)
    except CommandError as error:
        return Remark("problem", about, str(error))
    if protocol.is_draft:
        return Remark(
            "note", about, "not every party has signed: cards will say that it is a draft."
        )
    return Remark("ok", about, f"signed; {len(protocol.clauses)} clauses.")


def _trust(store: Path | None) -> Iterator[Remark]:
    about = "CLAUSEWISE_TRUST_STORE"
    try:
        if found := trusted(store):
            yield Remark("ok", about, f"{len(found)} certificates.")
    except BadTrustStore as error:
        yield Remark("problem", about, str(error))


def _model() -> Remark:
    if load_model() is None:
        return Remark(
            "note",
            "Sentence model",
            "not found: answers rest on words alone. Install from the lock.",
        )
    return Remark("ok", "Sentence model", "loads.")


def _database(settings: Settings) -> Remark:
    try:
        url = make_url(settings.driver_url)
    except (ArgumentError, ValueError):
        return Remark(
            "problem", "DATABASE_URL", "is not an address. Write sqlite:///FILE or postgresql://…"
        )
    if url.get_backend_name() == "postgresql":
        return Remark("ok", "DATABASE_URL", "PostgreSQL; not asked. Add --online to ask it.")
    if url.get_backend_name() != "sqlite":
        return Remark("problem", "DATABASE_URL", "must begin with sqlite:/// or postgresql://.")
    folder = Path(url.database or ".").resolve().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        return Remark(
            "problem", "DATABASE_URL", f"{folder} cannot be written to. Create it or give rights."
        )
    return Remark("ok", "DATABASE_URL", "SQLite: for one machine.")
