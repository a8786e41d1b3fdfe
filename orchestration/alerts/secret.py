"""Secrets of the channels: from a variable, or from a file that nobody but its owner can read."""

import stat
from pathlib import Path

from pydantic import SecretStr


class SecretExposed(ValueError):
    """A secret that others can read is none; the message says what to do, and never what it is."""


def secret(value: SecretStr | None, file: Path | None) -> str | None:
    """The secret itself; None where neither is set. SecretExposed where others may read the file."""
    if value is not None:
        return value.get_secret_value().strip()
    if file is None:
        return None
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise SecretExposed(f"{file} may be read by others (mode {mode:04o}), so it is no secret: chmod 600 {file}")
    return file.read_text(encoding="utf-8").strip()
