"""The secret that turns e-mails and ids into keys: from DUET_HASH_KEY, else made once and kept beside the data."""

import hashlib
import os
import secrets

from orchestration.settings import Settings


def hash_key(settings: Settings) -> str:
    """The key of this installation; losing it changes every person's key, so keep DUET_HASH_KEY in a safe place."""
    if settings.hash_key:
        return settings.hash_key
    path = settings.state / "hash_key"
    if not path.exists():
        settings.state.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".hash_key-{os.getpid()}")
        temporary.touch(mode=0o600)
        temporary.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(temporary, path)
        except FileExistsError:  # another process was first
            pass
        finally:
            temporary.unlink()
    return path.read_text(encoding="ascii").strip()


def known_key(settings: Settings) -> str | None:
    """The key of this installation where it has one already; nothing is made."""
    path = settings.state / "hash_key"
    return settings.hash_key or (path.read_text(encoding="ascii").strip() if path.exists() else None)


def key_fingerprint(key: str) -> str:
    """Tells two keys apart without giving either away."""
    return hashlib.sha256(f"duet key check:{key}".encode()).hexdigest()[:8]
