"""A KPI on a terminal: limits from its own past, bars with gaps, marks, and families by the beginning of a name."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from orchestration.cli import main
from orchestration.report.limits import natural_limits
from orchestration.report.series import period_name, series_of
from orchestration.settings import get_settings
from tests.publish.small_build import serve
from tests.report.pack_house import write_serving

# Six complete months around 10, then 13 and 14: mean 10, moves 1, 2, 2, 2, 1, so 1.6 * 2.66 = 4.256 on either side.
PAST = [Decimal(value) for value in (10, 11, 9, 11, 9, 10)]


def rows(values: list[Any], **last: Any) -> list[dict[str, Any]]:
    """A series by month from January 2026; `last` is said of its last month."""
    plain = {
        "kpi": "spend",
        "variant": "",
        "member": "",
        "unit": "EUR",
        "grain": "month",
        "as_of": dt.date(2026, 12, 31),
    }
    found = [
        plain | {"period": dt.date(2026, month, 1), "value": value, "is_complete": True, "is_mature": None}
        for month, value in enumerate(values, start=1)
    ]
    return [*found[:-1], found[-1] | last]


def test_limits_are_the_mean_and_two_and_two_thirds_moving_ranges() -> None:
    assert natural_limits(PAST, 2.66) == (Decimal("5.744"), Decimal("14.256"))
    assert natural_limits([None, *PAST], 2.66) == (Decimal("5.744"), Decimal("14.256"))
    assert natural_limits(PAST[1:], 2.66) is None
    # Only the newest 24 periods count: 999 is the 25th.
    assert natural_limits([Decimal(999), *([None] * 18), *PAST], 2.66) == (Decimal("5.744"), Decimal("14.256"))


@pytest.mark.parametrize(
    ("value", "said", "marks"),
    [
        (Decimal("14.256"), {}, ""),
        (Decimal("14.257"), {}, "!"),
        (Decimal("5"), {}, "!"),
        (None, {}, ""),
        # What is not over or not mature is never called unusual.
        (Decimal("99"), {"is_complete": False}, "…"),
        (Decimal("99"), {"is_mature": False}, "~"),
        (Decimal("99"), {"is_complete": False, "is_mature": False}, "…~"),
    ],
)
def test_a_value_carries_its_doubts(value: Decimal | None, said: dict[str, Any], marks: str) -> None:
    [series] = series_of(rows([*PAST, value], **said))
    assert series.marks(dt.date(2026, 7, 1), 2.66) == marks
    assert series.marks(dt.date(2026, 8, 1), 2.66) == ""


def test_bars_lie_between_the_lowest_and_the_highest_value_and_leave_gaps() -> None:
    [series] = series_of(rows([Decimal(0), None, Decimal(7), Decimal(3)]))
    months = [dt.date(2026, month, 1) for month in range(1, 6)]
    assert series.trend(months) == "▁ █▄ "
    [nothing] = series_of(rows([None, None]))
    assert nothing.trend(months) == ""


@pytest.mark.parametrize(
    ("grain", "name"),
    [
        ("month", "May 2026"),
        ("quarter", "2026-Q2"),
        ("year", "2026"),
        ("week", "04 May 26"),
        ("fiscal_quarter", "2026-05-04"),
    ],
)
def test_periods_are_named_as_people_write_them(grain: str, name: str) -> None:
    assert period_name(dt.date(2026, 5, 4), grain) == name
    assert period_name(None, "all") == "all"


def test_the_beginning_of_names_stands_for_a_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUET_DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    serve(get_settings(), write_serving(tmp_path))
    said = CliRunner().invoke(main, ["kpi", "cac"]).output
    # 150 / 3, 150 / 5, and ten days of March 40 / 1.
    assert "cac_blended_media, EUR" in said
    [line] = [line.split() for line in said.splitlines() if "50.00" in line]
    assert line == ["█▁▄", "50.00", "30.00", "40.00", "…"]
    assert "…  the period is not over" in said
    assert "no KPI is called 'ca'" in CliRunner().invoke(main, ["kpi", "ca"]).output
