"""The certificates whose digital signatures an operator trusts (design decision 4)."""

from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates


class BadTrustStore(Exception):
    """The file cannot be used; the message names it and the next step."""


def trusted(store: Path | None) -> tuple[Certificate, ...]:
    """The certificates in a PEM file, roots or signers; none without a file."""
    if store is None:
        return ()
    try:
        return tuple(load_pem_x509_certificates(store.read_bytes()))
    except OSError as error:
        reason = error.strerror
    except ValueError:
        reason = "it holds no PEM certificate"
    raise BadTrustStore(f"Trust store {store}: {reason}. Name a file of PEM certificates.")
