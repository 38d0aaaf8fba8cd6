"""Which signatures count as trusted is the operator's choice: a PEM file, for the command line and for the bot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from bot.trust import BadTrustStore, trusted
from protocols.samples import sample_path
from tests.support.signing import authority, sign, signer


@pytest.fixture
def signed(tmp_path: Path) -> tuple[Path, Path]:
    """A digitally signed protocol, and the root its signer's certificate comes from."""
    name = "Kawanatanga Root CA"
    document, store = tmp_path / "signed.docx", tmp_path / "roots.pem"
    document.write_bytes(sign(Path(sample_path()).read_bytes(), signer("Moana Hartigan", name)))
    store.write_bytes(authority(name).certificate.public_bytes(Encoding.PEM))
    return document, store


def trust_of(*arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "read", "--json", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [found["trust"] for found in json.loads(done.stdout)["signature"]["digital"]]


def test_a_signature_is_trusted_by_the_store_alone(signed: tuple[Path, Path]) -> None:
    document, store = signed
    assert ["unknown"] == trust_of(str(document))
    assert ["trusted"] == trust_of(str(document), "--trust", str(store))


def test_a_store_without_a_certificate_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    with pytest.raises(BadTrustStore, match=r"empty\.pem: it holds no PEM certificate"):
        trusted(empty)
