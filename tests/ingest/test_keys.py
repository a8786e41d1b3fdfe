"""The secret of an installation: made once for its owner alone, believed only where it is one, told to nobody."""

import os
import re
import stat
from pathlib import Path

import pytest

from orchestration.ingest.keys import UnusableKey, hash_key, key_fingerprint, known_key
from orchestration.settings import Settings

KEY = "0123456789abcdef" * 4


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "a new" / "house")


def put(settings: Settings, content: bytes, mode: int = 0o600) -> Path:
    settings.state.mkdir(parents=True, exist_ok=True)
    place = settings.state / "hash_key"
    place.write_bytes(content)
    place.chmod(mode)
    return place


def test_a_house_makes_one_key_and_keeps_it(settings: Settings) -> None:
    assert known_key(settings) is None
    assert not settings.state.exists()
    key = hash_key(settings)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert hash_key(settings) == known_key(settings) == key
    assert [path.name for path in settings.state.iterdir()] == ["hash_key"]
    assert stat.S_IMODE((settings.state / "hash_key").stat().st_mode) == 0o600
    assert hash_key(Settings(data_dir=settings.data_dir / "another")) != key


def test_the_key_of_the_environment_rules_and_nothing_is_made(settings: Settings) -> None:
    told = settings.model_copy(update={"hash_key": "of the vault"})
    assert (hash_key(told), known_key(told)) == ("of the vault", "of the vault")
    assert not settings.state.exists()
    put(settings, KEY.encode())
    assert hash_key(told) == "of the vault"


def test_what_a_killed_process_had_begun_is_no_key(settings: Settings) -> None:
    settings.state.mkdir(parents=True)
    # It had the number of this process, and wrote half a key.
    (settings.state / f".hash_key-{os.getpid()}.new").write_text("0123")
    assert len(hash_key(settings)) == 64
    assert [path.name for path in settings.state.iterdir()] == ["hash_key"]


def test_a_key_is_on_disk_before_it_has_its_name(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    link = os.link
    monkeypatch.setattr("orchestration.durable.sync", lambda path: done.append(f"flush {path.name.split('-')[0]}"))

    def named(old: Path, new: Path) -> None:
        done.append(f"name {new.name}")
        link(old, new)

    monkeypatch.setattr("os.link", named)
    hash_key(settings)
    assert done == ["flush .hash_key", "name hash_key", "flush .duet"]


def test_where_another_process_was_first_its_key_counts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_late(_: Path, place: Path) -> None:
        put(settings, KEY.encode())
        raise FileExistsError(place)

    monkeypatch.setattr("os.link", too_late)
    assert hash_key(settings) == KEY
    assert [path.name for path in settings.state.iterdir()] == ["hash_key"]


def test_blanks_around_a_key_are_not_part_of_it(settings: Settings) -> None:
    put(settings, f" {KEY}\n".encode())
    assert known_key(settings) == KEY


@pytest.mark.parametrize("content", [b"", KEY[:-1].encode(), KEY.upper().encode(), KEY.encode() + b"0", b"\xff" * 64])
def test_what_is_no_key_is_refused_with_what_to_do(settings: Settings, content: bytes) -> None:
    place = put(settings, content)
    with pytest.raises(UnusableKey) as refused:
        hash_key(settings)
    assert str(refused.value) == (
        f"{place} is damaged: it should hold 64 hexadecimal digits. Restore it from a backup; with another key each "
        "person has another id"
    )
    assert place.read_bytes() == content


@pytest.mark.parametrize("mode", [0o601, 0o610, 0o640, 0o604])
def test_a_key_that_others_may_read_is_none(settings: Settings, mode: int) -> None:
    place = put(settings, KEY.encode(), mode)
    with pytest.raises(UnusableKey) as refused:
        known_key(settings)
    told = f"{place} may be read by others (mode {mode:04o}), so it is no secret: chmod 600 {place}"
    assert str(refused.value) == told
    place.chmod(0o600)
    assert known_key(settings) == KEY


def test_two_keys_are_told_apart_without_giving_either_away() -> None:
    # echo -n "duet key check:secret" | sha256sum | cut -c1-8
    assert key_fingerprint("secret") == "d7e3a01e"
    assert key_fingerprint("another") != key_fingerprint("secret")
