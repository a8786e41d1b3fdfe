"""The secret that turns e-mails and ids into keys: from DUET_HASH_KEY, else made once and kept beside the data."""

import hashlib
import os
import re
import secrets
import stat
from pathlib import Path

from orchestration import durable
from orchestration.settings import Settings

WHOLE = re.compile(rb"[0-9a-f]{64}")


class UnusableKey(ValueError):
    """The secret is not one, or not secret; the message says what to do."""


def hash_key(settings: Settings) -> str:
    """The key of this installation; losing it changes every person's key, so keep DUET_HASH_KEY in a safe place."""
    path = _place(settings)
    if not settings.hash_key and not path.exists():
        settings.state.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".hash_key-{os.getpid()}.new")
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=0o600)
        temporary.write_bytes(secrets.token_hex(32).encode())
        durable.sync(temporary)
        try:
            os.link(temporary, path)
        except FileExistsError:  # another process was first
            pass
        finally:
            temporary.unlink()
        durable.sync(path.parent)
    key = known_key(settings)
    assert key is not None
    return key


def known_key(settings: Settings) -> str | None:
    """The key of this installation where it has one already; nothing is made. UnusableKey where it is not a secret."""
    if settings.hash_key:
        return settings.hash_key
    path = _place(settings)
    if not path.exists():
        return None
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise UnusableKey(f"{path} may be read by others (mode {mode:04o}), so it is no secret: chmod 600 {path}")
    key = path.read_bytes().strip()
    if not WHOLE.fullmatch(key):
        raise UnusableKey(
            f"{path} is damaged: it should hold 64 hexadecimal digits. Restore it from a backup; with another key each "
            "person has another id"
        )
    return key.decode()


def key_fingerprint(key: str) -> str:
    """Tells two keys apart without giving either away."""
    return hashlib.sha256(f"duet key check:{key}".encode()).hexdigest()[:8]


def _place(settings: Settings) -> Path:
    return settings.state / "hash_key"
