"""What ad reports contradict each other in holds the run, and a mutated table is caught."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings
from tests.models.ad_rows import FEBRUARY, JANUARY, ad, export, period
from tests.models.dbt_runs import build, dbt
from tests.models.lake_parts import write_lake

FAULTS: dict[str, list[dict[str, Any]]] = {
    "meta_ads/campaign_days": [
        # The account's own total is less than its campaigns; on the 5th by what rounding explains.
        ad("less", 4, "60"),
        ad("less", 4, "58", "account"),
        ad("less", 5, "60"),
        ad("less", 5, "59.99", "account"),
        # Older than the campaigns, but of a day that had long been closed.
        ad("closed", 4, "60", exported_at=FEBRUARY),
        ad("closed", 4, "58", "account", exported_at=JANUARY),
        # The account report covers the day and has nothing.
        ad("nothing", 4, "60"),
        ad("nothing", 5, "9", "account"),
        # Another currency than its campaigns.
        ad("euro", 4, "60"),
        ad("euro", 4, "55", "account", currency="EUR"),
        # Spend that only a report of parts knows: the 5th has campaigns too.
        ad("parts", 4, "7", "campaign+search_term", member="lamp"),
        ad("parts", 5, "8", "campaign+search_term", member="lamp"),
        ad("parts", 5, "10"),
        ad("strange", 4, "7", "campaign+moon_phase", member="full"),
        ad("minus", 4, "5", file_row=3),
        ad("minus", 4, "-1", file_row=4),
        # Two accounts that nobody names; the newer export declares a window and has no row of the day.
        ad("(unknown)", 4, "40", campaign_name="Posters", file_id="swallowed", file_row=2),
        ad("(unknown)", 5, "6", campaign_name="Leaflets", file_id="swallows", exported_at=FEBRUARY),
        # One account that landed under its id and, to the cent, under none; and a campaign of the same name only.
        ad("twice", 7, "12.34", campaign_id="c7"),
        ad("(unknown)", 7, "12.340001", file_id="again", file_row=9),
        ad("twice", 8, "12.34"),
        ad("(unknown)", 8, "56.78", file_id="again", file_row=10),
    ],
    "meta_ads/campaign_periods": [
        period("dateless", "99", "2026-01-01", "2026-01-31"),
        period("dateless", "0", "2025-12-01", "2025-12-31"),
    ],
    "duet/exports": [
        export("meta_ads", "nothing-account", (4, 5), rows=1),
        export("meta_ads", "swallows", (4, 5), rows=1),
    ],
    "template/fx_rates": [{"date": "2026-01-03", "currency": "EUR", "rate": "1.2"}],
}

HELD: dict[str, list[tuple[Any, ...]]] = {
    "assert_campaigns_add_up_to_their_account": [
        ("closed", 4, "USD", 60, 58),
        ("euro", 4, "EUR", 0, 55),
        ("euro", 4, "USD", 60, 0),
        ("less", 4, "USD", 60, 58),
        ("nothing", 4, "USD", 60, 0),
    ],
    "assert_every_day_of_ads_has_a_complete_report": [
        ("parts", "campaign+search_term", "parts-campaign+search_term", 1, 7),
        ("strange", "campaign+moon_phase", "strange-campaign+moon_phase", 1, 7),
    ],
    "assert_every_breakdown_is_known": [("meta_ads", "moon_phase")],
    "assert_every_period_total_has_days": [("dateless", 99, "dateless-2026-01-01")],
    "assert_spend_is_not_negative": [("minus-campaign", 4)],
    "assert_no_unnamed_account_hides_another": [("swallowed", 2)],
    "assert_no_spend_counts_under_two_accounts": [("twice", "again", 9)],
}
COLUMNS = {
    "assert_campaigns_add_up_to_their_account":
        "account_id, extract(day from spend_date), currency, campaigns_spend, account_spend",
    "assert_every_day_of_ads_has_a_complete_report": "account_id, breakdown, file_id, days, spend",
    "assert_every_breakdown_is_known": "source, dimension",
    "assert_every_period_total_has_days": "account_id, reported_spend, file_id",
    "assert_spend_is_not_negative": "file_id, file_row",
    "assert_no_unnamed_account_hides_another": "file_id, file_row",
    "assert_no_spend_counts_under_two_accounts": "account_id, file_id, file_row",
}  # fmt: skip

# What is broken in the tables, and the check that must see it.
MUTATIONS = {
    "assert_ad_rows_are_current_or_superseded": [
        "delete from intermediate.int_ad_current_rows where file_id = 'minus-campaign'",
        "update intermediate.int_ad_current_rows set report_rows = 2 where file_id = 'less-campaign'",
        "update intermediate.int_ad_current_exports set file_id = 'another' where file_id = 'less-campaign'",
    ],
    "assert_spend_survives_every_join": [
        "delete from marts.fct_spend where account_id = 'euro'",
        "update marts.fct_spend set spend_in_currency = spend_in_currency + 0.01 where account_id = 'less'",
        "insert into marts.fct_spend select * from marts.fct_spend where account_id = 'less'",
    ],
    "assert_details_add_up_to_spend": [
        "delete from marts.fct_spend_details where account_id = 'parts' and member = '__unallocated__'",
        "update marts.fct_spend set spend_in_currency = spend_in_currency + 0.01 where account_id = 'parts'",
    ],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(data_dir=tmp_path_factory.mktemp("faulty"), as_of="2026-01-31", engine="duckdb")
    write_lake(settings.lake, FAULTS)
    models = [f"+{name}" for name in (*HELD, *MUTATIONS)]
    types = ["--resource-type", "seed", "--resource-type", "model"]
    return build(settings, command=["build", "--quiet", *types, "--select", *models])


@pytest.fixture(scope="module")
def checks(warehouse: Path) -> dict[str, str]:
    """The query of every check: rows that must not be."""
    settings = Settings(data_dir=warehouse.parent, as_of="2026-01-31", engine="duckdb")
    command = ["compile", "--quiet", "--select", *HELD, *MUTATIONS]
    result = dbt(command, settings)
    return {node.node.name: node.node.compiled_code for node in result.result if node.node.name in HELD | MUTATIONS}


@pytest.mark.parametrize("identity", HELD)
def test_a_contradiction_names_what_to_correct(warehouse: Path, checks: dict[str, str], identity: str) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        rows = conn.execute(f"select {COLUMNS[identity]} from ({checks[identity]}) as rows order by all").fetchall()
    assert rows == HELD[identity]


@pytest.mark.parametrize("check", MUTATIONS)
def test_a_mutated_table_is_caught(warehouse: Path, checks: dict[str, str], check: str) -> None:
    with duckdb.connect(str(warehouse)) as conn:
        assert conn.execute(checks[check]).fetchall() == []
        for statement in MUTATIONS[check]:
            conn.execute("begin")
            [(changed,)] = conn.execute(statement).fetchall()
            assert changed > 0, statement
            assert conn.execute(checks[check]).fetchall() != [], statement
            conn.execute("rollback")
