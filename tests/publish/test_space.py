"""Room for a run is asked for before it begins: what is free, what is needed, from what it was worked out."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from orchestration.cli import main
from orchestration.publish.space import NoSpace, check_space, new_bytes
from orchestration.publish.version import pointed_at
from orchestration.settings import Settings
from tests.publish.small_build import lived_in, publish, settings_at


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = settings_at(tmp_path / "data")
    settings.landing.mkdir(parents=True)
    return settings


def free(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=count))


def test_a_run_needs_a_share_of_its_own_and_six_times_its_data(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 200 MB and 6 * (3 MB that are new + 1 MB online) are 224 MB.
    (settings.landing / "orders.csv").write_bytes(b"x" * 3_000_000)
    version = settings.published / "v000001-0123abcd"
    (version / "parquet").mkdir(parents=True)
    (version / "parquet/kpi_values.parquet").write_bytes(b"x" * 400_000)
    (version / "kpi_serving.duckdb").write_bytes(b"x" * 600_000)
    (settings.published / "current").write_text(f"{version.name}\n")
    free(monkeypatch, 224_000_000)
    check_space(settings)
    free(monkeypatch, 223_999_999)
    with pytest.raises(NoSpace) as refused:
        check_space(settings)
    assert str(refused.value) == (
        f"{settings.data_dir}: 224.0 MB are free on its disk, and this run needs about 224.0 MB: 200 MB for any run "
        "and 6 times 3.0 MB of new files and 1.0 MB of the version online (DUET_SPACE_PER_RUN, DUET_SPACE_FACTOR). "
        "Nothing was touched\n  remedy:    free some space on that disk, then run `duet refresh` again; what was "
        "online before still is"
    )


def test_before_the_first_version_only_new_files_count(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 200_000_000)
    check_space(settings)
    (settings.landing / "one.csv").write_bytes(b"x")
    with pytest.raises(NoSpace, match=r"0\.0 MB of the version online"):
        check_space(settings)


def test_the_disk_that_is_asked_is_that_of_the_data_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", {settings.data_dir: SimpleNamespace(free=10**12)}.__getitem__)
    check_space(settings)


def test_a_refusal_is_one_clear_line_and_loads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data/landing").mkdir(parents=True)
    (tmp_path / "data/landing/spend.csv").write_text("date,channel,spend,currency\n2026-05-01,search,5.00,USD\n")
    monkeypatch.setenv("DUET_SPACE_PER_RUN", str(10**9))  # a thousand terabytes
    with lived_in(tmp_path / "data", tmp_path / "duet.yml", monkeypatch):
        shown = CliRunner().invoke(main, ["refresh"])
    assert shown.exit_code == 1
    assert "Error: " in shown.output
    assert "1,000,000,000" in shown.output
    assert "remedy:    free some space on that disk" in shown.output
    assert [path.name for path in (tmp_path / "data").iterdir() if path.name != ".duet"] == ["landing"]
    assert [path.name for path in (tmp_path / "data/.duet").iterdir()] == ["run.guard"]


def test_a_run_with_nothing_to_do_needs_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUET_SPACE_PER_RUN", str(10**9))
    with lived_in(tmp_path / "data", tmp_path / "duet.yml", monkeypatch) as settings:
        publish(settings, [("2026-05-01", 10)], "run-1")
        monkeypatch.setattr("orchestration.run.refresh.landed_files", lambda _: [SimpleNamespace(status="loaded")])
        name = pointed_at(settings)
        monkeypatch.setattr("orchestration.run.refresh.fingerprint", lambda *_: fingerprint_online(settings))
        shown = CliRunner().invoke(main, ["refresh"])
    assert (shown.exit_code, str(name) in shown.output) == (0, True), shown.output


def test_a_file_that_was_read_before_is_not_new(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.ingest.load import ingest

    monkeypatch.setenv("DUET_HASH_KEY", "k" * 32)
    file = settings.landing / "spend.csv"
    file.write_text("date,channel,spend,currency\n2026-05-01,search,5.00,USD\n")
    assert new_bytes(settings) == len(file.read_bytes())
    ingest(settings)
    assert new_bytes(settings) == 0
    os.utime(file, ns=(0, 0))
    assert new_bytes(settings) == len(file.read_bytes())


def fingerprint_online(settings: Settings) -> str:
    from orchestration.publish.version import online

    version = online(settings)
    assert version is not None
    return version.fingerprint
