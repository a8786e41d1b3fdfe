"""The headline that a meeting starts with: the last complete months, and nothing that says nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.report import pages
from orchestration.report.headline import read_headline, shown
from orchestration.settings import Settings
from tests.publish.small_build import SUITES, change_online, publish, settings_at

COLUMNS = "kpi, variant, grain, period, dimension, member, value, numerator, denominator, unit, is_complete, is_mature"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A firm whose leads nobody answers, with two CRMs."""
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path)
    publish(settings, [("2026-06-01", 1)], "run-1")
    change_online(
        settings,
        "delete from marts.kpi_values",
        f"""
        insert into marts.kpi_values ({COLUMNS}) values
            ('leads', '', 'month', '2026-05-01', '', '', 12, 12, 1, 'count', true, true),
            ('leads', '', 'month', '2026-06-01', '', '', 9, 9, 1, 'count', true, true),
            ('leads', '', 'month', '2026-07-01', '', '', 1, 1, 1, 'count', false, true),
            ('sla_attainment', '', 'month', '2026-06-01', '', '', null, 0, 0, 'ratio', true, true),
            ('win_rate', '', 'month', '2026-06-01', '', '', 0.25, 1, 4, 'ratio', true, true),
            ('match_rate', 'dice', 'all', null, 'object', 'deals', 0.8, 8, 10, 'ratio', true, true),
            ('match_rate', 'dice', 'all', null, 'object', 'people', 0.1, 1, 10, 'ratio', true, true),
            ('agreement_rate', '', 'all', null, 'object', 'deals', 0.75, 3, 4, 'ratio', true, true)
        """,
    )
    return settings


def test_a_kpi_that_says_nothing_of_the_months_is_left_out(settings: Settings) -> None:
    found = [(line.label, cells) for line, _, cells in read_headline(settings).rows]
    assert found == [("Leads", [12, 9]), ("Win rate", [None, Decimal("0.25")])]


def test_two_crms_are_one_sentence(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    pages.print_headline(read_headline(settings))
    said = "Deals known to both CRMs: 80.0 % (8 of 10 records); pairs that agree: 75.0 % (3 of 4)"
    assert said in " ".join(capsys.readouterr().out.split())


def test_minutes_are_whole() -> None:
    assert shown(Decimal("1483.5"), "minutes") == "1,484"
