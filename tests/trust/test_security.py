"""Who may read, what data may never become, and what a reader of the published file cannot do."""

import ast
import csv
import io
import os
import re
import stat
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from orchestration.cli import main
from orchestration.engine.connection import READERS, connect_to_published
from orchestration.ingest.keys import UnusableKey, hash_key, known_key
from orchestration.publish.version import names, serving_file
from orchestration.report.spreadsheet import as_spreadsheet
from orchestration.settings import ROOT, Settings
from tests.ingest.ingest_files import Landing
from tests.publish.small_build import change_online, publish, settings_at
from tests.trust.house import OLD, found
from tests.trust.nursery import Nursery
from tests.trust.record import record

REFUSED = [
    "from read_csv('{file}')", "from read_text('/etc/hostname')", "from read_blob('/etc/hostname')", "from '{file}'",
    "from glob('/etc/*')", "from sniff_csv('{file}')", "from read_parquet('{file}')", "from read_json('{file}')",
    "copy marts.kpi_values to '{file}.csv'", "copy (select 1) to '{file}.parquet' (format parquet)",
    "export database '{file}.d'", "import database '{file}.d'", "attach '{file}' as other", "attach ':memory:' as m",
    "install httpfs", "load httpfs", "create table marts.mine as select 1",
    "insert into marts.kpi_values from marts.kpi_values",
    "update marts.kpi_values set value = 0", "delete from marts.kpi_values", "drop table marts.kpi_values",
    "set enable_external_access = true", "set lock_configuration = false", "set memory_limit = '1TB'",
    "set file_search_path = '/etc'", "set temp_directory = '/tmp'", "pragma enable_profiling = 'json'",
    "set profile_output = '{file}.json'", "set home_directory = '/tmp'", "reset enable_external_access",
    "create secret s (type s3, key_id 'k', secret 's')", "select getenv('HOME')", "from some_frame", "set threads = 1",
    "set log_query_path = '{file}.log'", "checkpoint; vacuum; create schema mine",
]  # fmt: skip
# What begins a formula, whatever stands before the text in a cell.
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1"]
HOSTILE = [
    "'; drop table part; --", '"; drop table part; --', "x') or ('1'='1", "{{ env_var('DUET_HASH_KEY') }}",
    "{% set x = run_query('drop table part') %}", "${jndi:ldap://x}", "!!python/object/apply:os.system ['true']",
    "../../etc/passwd", "*", "a[0-9]?.csv", "%s%n%d", "$(touch /tmp/x)", "`touch /tmp/x`", "\\x00", *FORMULAS[:4],
]  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = settings_at(tmp_path / "data")
    publish(settings, [("2026-06-01", 1)], "run-1")
    return settings


def connection_of_the_documentation(file: Path) -> duckdb.DuckDBPyConnection:
    """The lines of docs/connect-bi.md, as they stand there, with another path."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/connect-bi.md").read_text(), re.DOTALL)
    [code] = [block for block in blocks if "lock_configuration" in block]
    told: dict[str, duckdb.DuckDBPyConnection] = {}
    exec(code.replace("data/published/kpi_serving.duckdb", str(file)), told)
    return told["connection"]


def test_a_reader_cannot_leave_the_published_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("secret\n1\n")
    before = serving_file(settings).read_bytes()
    held = 0
    for connect in (connect_to_published, connection_of_the_documentation):
        with connect(serving_file(settings)) as conn:
            assert conn.execute("select value from marts.kpi_values").fetchall() == [(1,)]
            for statement in REFUSED:
                with pytest.raises(duckdb.Error):
                    conn.execute(statement.format(file=tmp_path / "other.csv"))
                held += 1
    record("closed_connection", tried=2 * len(REFUSED), held=held)
    assert serving_file(settings).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "other.csv"]


def test_the_documentation_and_the_commands_close_the_same_doors() -> None:
    [code] = re.findall(r"config=(\{.*?\})", (ROOT / "docs/connect-bi.md").read_text(), re.DOTALL)
    assert ast.literal_eval(code) == READERS | {"lock_configuration": True}


def test_only_the_owner_writes_and_only_the_group_reads(workers: Nursery, tmp_path: Path) -> None:
    settings = found(tmp_path / "house", OLD)
    (settings.data_dir.parent / "duet.yml").chmod(0o640)
    ended = workers.refresh(settings.data_dir.parent)
    assert ended.code == 0, ended.said
    ours = [path for path in settings.data_dir.iterdir() if path != settings.landing]
    rooms = {path: stat.S_IMODE(path.stat().st_mode) for path in ours}
    for room in (settings.state, settings.archive, settings.lake):
        assert rooms[room] == 0o700, room
    assert rooms[settings.published] == 0o750
    assert rooms[settings.warehouse] == 0o600
    version = settings.published / names(settings)[0]
    below = [path for room in rooms for path in [room, *room.rglob("*")]]
    assert {oct(path.stat().st_mode & 0o777) for path in version.rglob("*") if path.is_file()} == {"0o440"}
    open_to_others = [path for path in below if stat.S_IMODE(path.stat().st_mode) & 0o027]
    record("modes", tried=len(below), held=len(below) - len(open_to_others))
    assert open_to_others == []


def test_the_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    before = os.umask(0)
    try:
        key = hash_key(settings)
    finally:
        os.umask(before)
    assert stat.S_IMODE((settings.state / "hash_key").stat().st_mode) == 0o600
    assert (hash_key(settings), known_key(settings)) == (key, key)
    assert [path.name for path in settings.state.iterdir()] == ["hash_key"]


def test_of_two_that_make_a_key_at_once_one_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_dir=tmp_path)

    def too_late(_: object, place: Path) -> None:
        place.touch(mode=0o600)
        place.write_text("a" * 64)
        raise FileExistsError

    monkeypatch.setattr("os.link", too_late)
    assert hash_key(settings) == "a" * 64


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings = Settings(data_dir=tmp_path)
    hash_key(settings)
    (settings.state / "hash_key").chmod(mode)
    with pytest.raises(UnusableKey, match="chmod 600"):
        hash_key(settings)


@pytest.mark.parametrize("content", ["", "short", "k" * 64, "a" * 63])
def test_a_key_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    # An empty key would hash every address so that anybody can guess it.
    settings = Settings(data_dir=tmp_path)
    settings.state.mkdir()
    (settings.state / "hash_key").touch(mode=0o600)
    (settings.state / "hash_key").write_text(content)
    with pytest.raises(UnusableKey, match="64 hexadecimal digits"):
        known_key(settings)


def test_a_text_is_no_formula_and_a_negative_figure_stays_one() -> None:
    rows = [(text, Decimal("-5.10"), -3, None) for text in [*FORMULAS, "plain", "a=b"]]
    text = as_spreadsheet(["=name", "value", "n", "member"], rows)
    header, *read = list(csv.reader(io.StringIO(text, newline="")))
    assert header == ["'=name", "value", "n", "member"]
    assert [row[0] for row in read] == [*(f"'{formula}" for formula in FORMULAS), "plain", "a=b"]
    assert {tuple(row[1:]) for row in read} == {("-5.10", "-3", "")}


def test_a_figure_is_written_in_digits() -> None:
    """Python writes a nought of eight decimals as 0E-8."""
    assert as_spreadsheet(["value"], [[Decimal("0E-8")], [Decimal("1E+3")]]).split() == ["value", "0.00000000", "1000"]


def test_csv_of_a_kpi_neutralises_what_the_data_says(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    change_online(settings, "update marts.kpi_values set dimension = 'channel', member = '=cmd()', value = -1.5")
    monkeypatch.setattr("orchestration.cli.get_settings", lambda: settings)
    shown = CliRunner().invoke(main, ["kpi", "spend", "--by", "channel", "--csv"])
    [row] = csv.DictReader(io.StringIO(shown.output, newline=""))
    assert (row["member"], row["value"]) == ("'=cmd()", "-1.50000000")


def test_nothing_else_writes_csv() -> None:
    # The demo writes other tools' exports, unpacking writes tables that ingest alone reads, the engine tells dbt
    # hashes.
    writers = {
        path.relative_to(ROOT / "orchestration").parts[0]
        for path in (ROOT / "orchestration").rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|to_csv|format csv", path.read_text())
    }
    assert writers == {"demo", "engine", "ingest", "report"}


def test_what_is_hostile_stays_text(tmp_path: Path) -> None:
    """In a value, in a header, in the name of a file, in the name of a member."""
    held, tried = 0, 0
    landing = Landing(tmp_path)
    texts = io.StringIO()
    csv.writer(texts).writerows([["2026-03-01", "google", "-5", "EUR", text] for text in HOSTILE])
    header = "date,channel,spend,currency,campaign\n"
    outcomes = [landing.outcome("values.csv", header + texts.getvalue())]
    kept = landing.rows("template/ad_spend", "campaign")
    tried += len(HOSTILE)
    held += sum(text.strip() in {str(row[0]) for row in kept} for text in HOSTILE)
    for number, text in enumerate(HOSTILE):
        line = io.StringIO()
        csv.writer(line).writerow(["date", "channel", "spend", "currency", text])
        row = f"2026-04-{number + 1:02d},x,1,EUR,1\n"
        outcomes.append(landing.outcome(f"header {number}.csv", line.getvalue() + row))
        name = f"{number} {text}".replace("/", "⁄").replace("\0", "") + ".csv"
        outcomes.append(landing.outcome(name, header + f"2026-05-{number + 1:02d},x,1,EUR,b\n"))
        tried += 2
    held += sum(outcome.status == "loaded" for outcome in outcomes[1:])
    record("injection", tried=tried, held=held)
    assert [outcome.path for outcome in outcomes if outcome.status != "loaded"] == []
    assert held == tried
    assert not Path("/tmp/x").exists()


def test_the_pages_open_on_this_machine_alone() -> None:
    [served] = [line for line in (ROOT / "Makefile").read_text().splitlines() if "dg dev" in line and "--" in line]
    assert "--host 127.0.0.1" in served


def test_no_secret_reaches_a_run_or_its_metadata(workers: Nursery, tmp_path: Path) -> None:
    settings = found(tmp_path / "house", OLD)
    assert workers.refresh(settings.data_dir.parent).code == 0
    secret = b"k" * 32
    files = [path for path in settings.data_dir.rglob("*") if path.is_file()]
    assert [path for path in files if secret in path.read_bytes()] == []


def test_the_command_says_no_more_than_the_next_step(tmp_path: Path) -> None:
    """A key that others can read: one line, no traceback, and never the key itself."""
    settings = Settings(data_dir=tmp_path)
    key = hash_key(settings)
    (settings.state / "hash_key").chmod(0o644)
    settings.landing.mkdir()
    environment = os.environ | {"DUET_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-c", "from orchestration.cli import main; main(['refresh'])"]
    ended = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "chmod 600" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert key not in ended.stderr + ended.stdout
