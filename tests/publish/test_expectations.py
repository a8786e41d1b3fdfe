"""The suites say no to what is not believable, and to what they cannot compute."""

import duckdb
import pytest

from expectations import suites
from expectations.believable import Believable, no_rows, one_of, within
from expectations.validate import Finding, validate
from orchestration.settings import DBT_PROJECT_DIR


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
        patch.setattr("expectations.validate.suites", lambda: {"shares": suite, "absent": absent})
        found = {f"{finding.table}.{finding.name}": finding for finding in validate(file)}
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
