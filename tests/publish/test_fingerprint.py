"""A run has nothing to do exactly when inputs, rules, day, engine and code are those of the version online."""

import datetime as dt

import pytest

from orchestration.publish.fingerprint import fingerprint
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import settings_at


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_at(tmp_path_factory.mktemp("data"))


def test_the_same_again_has_the_same_fingerprint(settings: Settings) -> None:
    assert fingerprint(settings, Rules()) == fingerprint(settings.model_copy(), Rules())


def test_another_day_engine_or_rule_has_another(settings: Settings) -> None:
    others = [
        fingerprint(settings.model_copy(update={"as_of": dt.date(2026, 7, 1)}), Rules()),
        fingerprint(settings.model_copy(update={"engine": "spark"}), Rules()),
        fingerprint(settings, Rules(reporting_currency="EUR")),
    ]
    assert len({fingerprint(settings, Rules()), *others}) == 4


def test_a_new_file_has_another(settings: Settings) -> None:
    before = fingerprint(settings, Rules())
    folder = settings.lake / "template/orders"
    folder.mkdir(parents=True)
    (folder / "_0123.json").write_text("{}")

    assert fingerprint(settings, Rules()) != before


def test_changed_code_has_another(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(settings, Rules())
    monkeypatch.setattr("orchestration.publish.fingerprint.code_hash", lambda: "other")
    assert fingerprint(settings, Rules()) != before
