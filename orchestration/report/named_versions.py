"""Certified versions as people name them: by their name, online, previous, or by a day."""

from datetime import date

from orchestration.publish.version import UnknownVersion, Version, online, verify, versions
from orchestration.settings import Settings


def named_version(settings: Settings, known: list[Version], name: str) -> Version:
    """A version by its name or the beginning of it, `online`, `previous`, or the day at whose end it was the newest."""
    by_name = {version.version: version for version in known}
    current = online(settings)
    if current is None:
        raise UnknownVersion("no version yet; run `duet refresh`, or `duet demo` to see an example")
    if name == "online":
        return current
    if name == "previous":
        before = [version for version in known if version.version < current.version]
        if not before:
            first = f"{current.version} is the first version: there is none before it"
            raise UnknownVersion(f"{first}; land newer exports and run `duet refresh`")
        return before[-1]
    try:
        day = date.fromisoformat(name)
    except ValueError:
        found = [version for text, version in by_name.items() if text.startswith(name)]
        if len(found) == 1:
            return found[0]
        raise UnknownVersion(
            f"{'no version' if not found else f'{len(found)} versions'} {name}; there are: {', '.join(by_name)}; "
            "online, previous and days such as 2026-06-30 name one too"
        ) from None
    until = [version for version in known if version.certified_at.date() <= day]
    if not until:
        raise UnknownVersion(f"nothing was certified by {day}; the first is of {known[0].certified_at.date()}")
    return until[-1]


def intact_version(settings: Settings, name: str) -> Version:
    """A version that people name, every byte of it verified; Damaged where it is not what was certified."""
    version = named_version(settings, versions(settings)[::-1], name)
    verify(settings, version.version)
    return version
