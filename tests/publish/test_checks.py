"""What must be checked, in words, and what became of each check: one without an answer has failed."""

from pathlib import Path
from typing import Any

import pytest

from expectations.validate import Finding
from orchestration.publish.audit import assemble, causes
from orchestration.publish.build import Build
from orchestration.publish.certify import SHOWN, explain, explain_all, explanations
from orchestration.publish.checks import Check, expected_checks, fact_of
from orchestration.publish.evidence import describe_row, first_line
from orchestration.publish.files import keep_outcomes
from orchestration.publish.gate.every import EVERY, Verdict
from orchestration.settings import Settings
from tests.publish.small_build import IDENTITY, SUITES, UNIQUE, UNIT, manifest

LANDING, MODELS = "ingest.landing_files_are_accepted", "dbt.every_model_is_built"
UNIQUE_ID, IDENTITY_ID = "dbt.unique_kpi_values_kpi", "dbt.assert_spend_is_never_negative"
UNIT_ID = "dbt.unit.kpi_values.a_share_without_denominator_is_null"
BELIEF_ID = "expectations.kpi_values.value_is_in_range"


@pytest.fixture(autouse=True)
def small_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    settings.state.mkdir()
    return settings


def build_of(*results: dict[str, Any], **more: Any) -> Build:
    told = {result["unique_id"]: result for result in results}
    return Build(run="run-1", warehouse_state="", manifest=manifest() | more, results=told)


def ended(unique_id: str, status: str = "pass", **more: Any) -> dict[str, Any]:
    return {"unique_id": unique_id, "status": status, **more}


def seen(settings: Settings, *results: dict[str, Any], **more: Any) -> dict[str, tuple[bool | None, str]]:
    """Every check with what became of it."""
    checks = assemble(settings, build_of(*results), more.get("findings", []), more.get("verdicts", []))
    return {check.id: (check.passed, check.observed) for check in checks}


def check(severity: str = "block", passed: bool | None = None, observed: str = "odd", name: str = "a.b") -> Check:
    told = {"fact": "f", "layer": "gate", "owner": "finance", "remedy": "look", "subject": "s"}
    return Check(id=name, severity=severity, passed=passed, observed=observed, **told)


class TestExpected:
    def test_are_sorted_and_none_has_run(self) -> None:
        checks = expected_checks(build_of())
        ids = [one.id for one in checks]
        own = {LANDING, MODELS, UNIQUE_ID, IDENTITY_ID, UNIT_ID, BELIEF_ID}
        assert ids == sorted(own | {f"gate.{guard.id}" for guard in EVERY})
        assert {(one.passed, one.observed) for one in checks} == {(None, "did not run")}

    def test_say_what_must_hold_whose_it_is_and_what_to_do(self) -> None:
        checks = {one.id: one.model_dump(exclude={"id", "passed", "observed"}) for one in expected_checks(build_of())}
        assert checks[LANDING] == {
            "fact": "every export in the landing folder that we recognise is accepted",
            "layer": "ingest", "severity": "block", "owner": "data", "subject": "landing", "identity": None,
            "remedy": "correct the file or take it out of the landing folder; `duet explain FILE` shows every row",
        }  # fmt: skip
        assert checks[MODELS] == {
            "fact": "every model and seed is built",
            "layer": "models", "severity": "block", "owner": "analytics", "subject": "dbt", "identity": None,
            "remedy": "correct the model that is named; the tables that need it were not built either",
        }  # fmt: skip
        assert checks[UNIQUE_ID] == {
            "fact": "kpi of kpi_values names each row once",
            "layer": "models", "severity": "block", "owner": "data", "subject": "kpi_values", "identity": None,
            "remedy": "look up the rows in the export they come from, correct it and land it again",
        }  # fmt: skip
        assert checks[IDENTITY_ID] == {
            "fact": "spend is never negative",
            "layer": "identities", "severity": "block", "owner": "marketing", "subject": "kpi_values",
            "identity": "S4", "remedy": "ask the platform for a credit note",
        }  # fmt: skip
        assert checks[UNIT_ID] == {
            "fact": "a share without denominator is null",
            "layer": "models", "severity": "block", "owner": "analytics", "subject": "kpi_values", "identity": None,
            "remedy": "the formula of kpi_values no longer gives the example's answer: correct the model or the "
            "example",
        }  # fmt: skip
        [belief] = SUITES["kpi_values"]
        assert checks[BELIEF_ID] == {
            "fact": belief.fact, "layer": "expectations", "severity": belief.severity, "owner": belief.owner,
            "remedy": belief.remedy, "subject": "kpi_values", "identity": None,
        }  # fmt: skip
        guard = next(one for one in EVERY if one.identity)
        assert checks[f"gate.{guard.id}"] == {
            "fact": guard.fact, "layer": "gate", "severity": guard.severity, "owner": guard.owner,
            "remedy": guard.remedy, "subject": guard.subject, "identity": guard.identity,
        }  # fmt: skip

    def test_that_dbt_only_warns_of_warn(self) -> None:
        told = manifest()
        told["nodes"][UNIQUE]["config"] = {"severity": "Warn", "meta": None}
        told["unit_tests"][UNIT]["description"] = "Nothing over nothing is nothing."
        checks = {one.id: one for one in expected_checks(build_of(**told))}
        assert (checks[UNIQUE_ID].severity, checks[UNIT_ID].fact) == ("warn", "Nothing over nothing is nothing.")
        del told["unit_tests"]
        build = Build(run="r", warehouse_state="", manifest=told, results={})
        assert UNIT_ID not in {one.id for one in expected_checks(build)}

    @pytest.mark.parametrize(
        ("generic", "column", "fact"),
        [
            ("unique", "id", "id of m names each row once"),
            ("not_null", "id", "id of m is never empty"),
            ("accepted_values", "id", "id of m is one of the known values"),
            ("relationships", "id", "id of m exists in the table it refers to"),
            ("unique", None, "unique (m)"),
            ("not_negative", "id", "not negative (m)"),
        ],
    )
    def test_of_dbt_are_said_in_words(self, generic: str, column: str | None, fact: str) -> None:
        node = {"name": "x", "test_metadata": {"name": generic}, "column_name": column, "attached_node": "model.duet.m"}
        assert fact_of(node) == fact

    def test_speak_of_what_they_read_where_nothing_is_attached(self) -> None:
        node: dict[str, Any] = {"name": "assert_a_b", "unique_id": "test.duet.t", "depends_on": {"nodes": []}}
        generic = node | {"test_metadata": {"name": "a_b"}}
        assert (fact_of(node), fact_of(generic)) == ("a b", "a b (t)")
        assert fact_of(generic | {"depends_on": {"nodes": ["model.duet.first", "model.duet.second"]}}) == "a b (first)"


class TestSeen:
    def test_nothing_is_taken_for_granted(self, settings: Settings) -> None:
        found = seen(settings)
        assert found.pop(MODELS) == (False, "did not run: 1 of 1")
        assert set(found.values()) == {(None, "did not run")}

    def test_is_told_of_each_by_whoever_ran_it(self, settings: Settings) -> None:
        keep_outcomes(settings, [])
        found = seen(
            settings,
            ended("model.duet.kpi_values", "success"), ended(UNIQUE), ended(UNIT),
            ended(IDENTITY, "error", message="\nno such column: spent\nat line 3"),
            findings=[Finding(table="kpi_values", name="value_is_in_range", passed=False, observed="2 rows outside")],
            verdicts=[Verdict(id=EVERY[0].id, passed=True, observed="as usual")],
        )  # fmt: skip
        assert found[LANDING] == (True, "every recognised file is loaded")
        assert found[MODELS] == (True, "1 models and seeds built")
        assert found[UNIQUE_ID] == found[UNIT_ID] == (True, "no row breaks it")
        assert found[IDENTITY_ID] == (False, "could not be computed: no such column: spent")
        assert found[BELIEF_ID] == (False, "2 rows outside")
        assert found[f"gate.{EVERY[0].id}"] == (True, "as usual")
        assert found[f"gate.{EVERY[1].id}"] == (None, "did not run")

    @pytest.mark.parametrize(
        ("statuses", "told"),
        [
            (("success", "success", "success"), (True, "3 models and seeds built")),
            (("success", "error", "skipped"), (False, "b: no such column")),
            (("error", "error", "success"), (False, "a: no such column; b: no such column")),
            (("success", "skipped", "skipped"), (False, "did not run: 2 of 3")),
        ],
    )
    def test_models_that_are_broken_are_named_and_those_behind_them_are_not(
        self, settings: Settings, statuses: tuple[str, ...], told: tuple[bool, str]
    ) -> None:
        names = ["seed.duet.a", "model.duet.b", "model.duet.c"]
        off = {"model.duet.off": {"resource_type": "model", "config": {"enabled": False}, "name": "off"}}
        nodes: dict[str, Any] = {
            name: {"resource_type": name[:5].strip("."), "config": {"enabled": True}, "name": name[-1]}
            for name in names
        }
        nodes |= off
        results = [
            ended(name, status, message="no such column\nat") for name, status in zip(names, statuses, strict=True)
        ]
        build = Build(
            run="r", warehouse_state="", manifest={"nodes": nodes}, results={r["unique_id"]: r for r in results}
        )
        [models] = [one for one in assemble(settings, build, [], []) if one.id == MODELS]
        assert (models.passed, models.observed) == told


class TestACheck:
    @pytest.mark.parametrize("severity", ["block", "hold", "warn"])
    @pytest.mark.parametrize("passed", [True, False, None])
    def test_stands_in_the_way_by_its_severity_unless_it_passed(self, severity: str, passed: bool | None) -> None:
        one = check(severity, passed)
        assert (one.blocks, one.holds) == (severity == "block" and not passed, severity == "hold" and not passed)

    @pytest.mark.parametrize(
        ("passed", "observed", "ran"),
        [(True, "fine", True), (False, "odd", True), (None, "odd", False), (False, "did not run, because", False)],
    )
    def test_ran_where_it_came_to_an_answer(self, passed: bool | None, observed: str, ran: bool) -> None:
        assert check(passed=passed, observed=observed).ran is ran

    def test_that_failed_is_told_with_owner_and_remedy(self) -> None:
        told = "a.b (owner: finance)\n  must hold: f\n  observed:  odd\n  remedy:    look"
        assert explain(check(passed=False)) == told
        assert explain_all([check(passed=False), check(passed=False)]) == f"{told}\n{told}"


class TestExplanations:
    def test_of_causes_come_alone_and_the_others_are_counted(self) -> None:
        failed, behind = check(passed=False), check(passed=False, observed="did not run, because", name="c.d")
        assert causes([failed, behind, check(passed=True)]) == [failed]
        assert explanations([failed, behind, behind]) == [explain(failed), "2 checks behind these did not run"]
        assert causes([behind]) == [behind]
        assert explanations([behind]) == [explain(behind)]

    def test_of_what_only_holds_come_where_nothing_blocks(self) -> None:
        holds, warns = check("hold", False), check("warn", False)
        assert explanations([holds, warns]) == [explain(holds)]
        assert explanations([holds, check(passed=False, name="c.d")]) == [explain(check(passed=False, name="c.d"))]
        assert explanations([]) == []

    @pytest.mark.parametrize(("failed", "told", "more"), [(10, 10, []), (11, 10, ["and 1 more that failed"])])
    def test_are_ten_at_most(self, failed: int, told: int, more: list[str]) -> None:
        texts = explanations([check(passed=False, name=f"a.{number}") for number in range(failed)])
        assert (SHOWN, texts[told:]) == (10, [f"{one}: duet status --json" for one in more])


class TestARow:
    def test_names_its_file_and_no_person(self) -> None:
        row = {
            "spend": -5,
            "note": None,
            "email_key": "k",
            "extra": "{}",
            "name": "x" * 70,
            "file_id": "f1",
            "file_row": 7,
        }
        assert describe_row(row, {"f1": "june.csv"}) == f"june.csv, row 7: spend=-5, name={'x' * 60}"
        assert describe_row(row, {}) == f"spend=-5, name={'x' * 60}"

    @pytest.mark.parametrize(
        ("message", "line"), [(None, ""), ("", ""), (" \n  one \n two", "one"), ("x" * 400, "x" * 300), (7, "7")]
    )
    def test_of_a_message_is_its_first_line(self, message: object, line: str) -> None:
        assert first_line(message) == line
