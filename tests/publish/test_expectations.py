"""The suites say no to what is not believable, and to what they cannot compute."""

import sys
from pathlib import Path

import duckdb
import pytest

from expectations import suites
from expectations.believable import Believable, no_rows, one_of, within
from expectations.validate import Finding, say_where_this_process_began, validate
from orchestration.engine.connection import connect
from orchestration.publish.landed import lake_views
from orchestration.settings import DBT_PROJECT_DIR, Settings
from tests.models.lake_parts import write_lake


def landed(folder: Path) -> Path:
    """Views of a lake with three rows of Meta: one as it should be, one of the day after tomorrow, one mangled."""
    settings = Settings(data_dir=folder)
    good = {"account_id": "1", "campaign_id": "2", "day": "2026-06-30", "currency": "EUR", "clicks": 3}
    late, mangled = {"day": "2026-07-03"}, {"campaign_id": "1.20215E+17", "clicks": -1, "currency": "euro"}
    write_lake(settings.lake, {"meta_ads/campaign_days": [good, good | late, good | mangled]})
    settings.state.mkdir()
    return lake_views(settings)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """One run for all tests: Great Expectations takes seconds to start."""
    file = tmp_path_factory.mktemp("candidate") / "kpi_serving.duckdb"
    with duckdb.connect(str(file)) as conn:
        conn.execute("create schema marts")
        conn.execute("create table marts.shares (share decimal(28,8), grain varchar, mail varchar)")
        conn.execute("insert into marts.shares values (0.5, 'month', 'a@b.example'), (1.5, 'decade', null)")
    suite = [
        within("share", 0, 2, "wide"),
        within("share", 0, 1, "narrow", "warn"),
        one_of("grain", ["month"], "known"),
        within("absent", 0, 1, "no such column"),
        no_rows("no_mail", "select mail from {batch} where mail is not null", "nobody is named"),
        no_rows("no_third", "select * from {batch} where share > 2", "nothing above 2"),
    ]
    absent = [within("x", 0, 1, "no such table")]
    with pytest.MonkeyPatch.context() as patch:
        every = {"shares": suite, "absent": absent, "landed.campaign_days": suites()["landed.campaign_days"]}
        patch.setattr("expectations.validate.suites", lambda: every)
        found = {f"{finding.table}.{finding.name}": finding for finding in validate(file, landed(file.parent))}
    # The publish step writes to the same file in the same process: no connection may be left.
    with duckdb.connect() as conn:
        conn.execute(f"attach '{file}' as serving")
    return found


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        ("shares.share_is_in_range", True),
        ("shares.share_is_believable", False),
        ("shares.grain_is_known", False),
        ("shares.no_mail", False),
        ("shares.no_third", True),
        ("shares.absent_is_in_range", False),
        ("absent.x_is_in_range", False),
        ("landed.campaign_days.rows_know_their_file", True),
        ("landed.campaign_days.day_is_before_the_export", False),
        ("landed.campaign_days.currency_is_a_code", False),
        ("landed.campaign_days.clicks_is_in_range", False),
        ("landed.campaign_days.impressions_is_in_range", True),
        ("landed.campaign_days.ids_are_whole", False),
    ],
)
def test_only_what_is_believable_passes(findings: dict[str, Finding], name: str, passed: bool) -> None:
    assert findings[name].passed is passed


def test_a_finding_counts_rows_and_shows_none(findings: dict[str, Finding]) -> None:
    assert findings["shares.share_is_believable"].observed == "1 of 2 rows outside"
    assert not [finding for finding in findings.values() if "a@b.example" in finding.observed]


def test_what_cannot_be_computed_says_why(findings: dict[str, Finding]) -> None:
    assert "absent" in findings["shares.absent_is_in_range"].observed


@pytest.mark.parametrize(("table", "suite"), suites().items(), ids=suites())
def test_every_expectation_has_a_name_of_its_own(table: str, suite: list[Believable]) -> None:
    assert len({belief.name for belief in suite}) == len(suite)


def test_every_kpi_table_has_a_suite() -> None:
    marts = DBT_PROJECT_DIR / "models/marts"
    assert {path.stem for path in marts.glob("**/kpi_*.sql")} <= set(suites())


def test_landed_suites_can_be_computed_where_nothing_landed(tmp_path: Path) -> None:
    # A firm that has no such source has empty parts: nothing there is wrong.
    settings = Settings(data_dir=tmp_path)
    write_lake(settings.lake, {})
    settings.state.mkdir()
    views = lake_views(settings)
    with connect(views, read_only=True) as conn:
        for name, suite in suites().items():
            for belief in suite if name.startswith("landed.") else []:
                query = belief.arguments.get("unexpected_rows_query", "select 1 from {batch} where false")
                assert conn.execute(query.format(batch=name)).fetchall() == [], belief.name
                assert belief.arguments.get("column", "file_id") in columns_of(conn, name), belief.name


def columns_of(conn: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    return {row[0] for row in conn.execute(f"describe {view}").fetchall()}


def test_an_address_in_the_lake_is_caught(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    keys = {"contact_key": "0123456789abcdef" * 2, "email_key": None}
    write_lake(settings.lake, {"hubspot/contacts": [keys, keys | {"email_key": "jane@example.com"}]})
    settings.state.mkdir()
    belief = next(one for one in suites()["landed.hubspot_contacts"] if one.name == "people_are_keyed")
    asked = belief.arguments["unexpected_rows_query"].format(batch="landed.hubspot_contacts")
    with connect(lake_views(settings), read_only=True) as conn:
        assert len(conn.execute(asked).fetchall()) == 1


def test_a_worker_of_the_daemon_is_no_doctest(monkeypatch: pytest.MonkeyPatch) -> None:
    # With pyspark installed, such a process ended in `import great_expectations`, and its run failed for no reason.
    monkeypatch.setattr(sys.modules["__main__"], "__file__", "", raising=False)
    monkeypatch.delattr(sys.modules["__main__"], "__file__")
    say_where_this_process_began()
    assert sys.modules["__main__"].__file__
