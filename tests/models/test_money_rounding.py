"""Money has six decimals: amounts with more are rounded half away from zero, whether 64 bits hold them or not."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import dbt

# For each number of decimals: ties of the seventh, and both sides of the largest amount that 64 bits hold.
AMOUNTS = {
    8: ["0.00000050", "-0.00000050", "0.00000049", "1.23456750", "9999999999.99999950", "10000000000.00000050"],
    12: ["0.000000500000", "-2.000000499999", "999999.000000500000", "-1000000.000000500000"],
    16: ["12.3456785000000000", "-98.9999995000000000", "100.0000005000000000", "1234567.0000005000000000"],
}


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The SQL of the macro over column `amount`, by decimals."""
    settings = Settings(data_dir=Path(tmp_path_factory.mktemp("rounding")), engine="duckdb")
    inline = " ; ".join(f"{{{{ as_money('amount', {decimals}) }}}}" for decimals in AMOUNTS)
    compiled = dbt(["compile", "--quiet", "--inline", inline], settings)
    assert compiled.success, compiled.exception
    return dict(zip(AMOUNTS, compiled.result.results[0].node.compiled_code.split(";"), strict=True))


@pytest.mark.parametrize(("decimals", "amount"), [(decimals, one) for decimals in AMOUNTS for one in AMOUNTS[decimals]])
def test_amounts_are_rounded_half_away_from_zero(statements: dict[int, str], decimals: int, amount: str) -> None:
    with duckdb.connect() as conn:
        cell = f"(select cast('{amount}' as decimal(38, {decimals})) as amount)"
        [(found,)] = conn.execute(f"select {statements[decimals]} from {cell}").fetchall()
    assert found == Decimal(amount).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def test_an_amount_that_nobody_knows_stays_unknown(statements: dict[int, str]) -> None:
    with duckdb.connect() as conn:
        cell = "(select cast(null as decimal(24, 8)) as amount)"
        assert conn.execute(f"select {statements[8]} from {cell}").fetchall() == [(None,)]
