"""`make trust` claims nothing that is not tried: every promise has its test, and the page only what is promised."""

import ast
from pathlib import Path

import pytest

from orchestration.settings import ROOT
from tests.trust.__main__ import Result, rows_of_page, slips_of_page, write_page
from tests.trust.promises import PROMISES, Promise


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.id)
def test_a_promise_has_its_test_and_that_test_records_it(promise: Promise) -> None:
    file, _, function = promise.test.partition("::")
    text = (ROOT / file).read_text()
    [node] = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef) and one.name == function]
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "record"]
    recorded = [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]
    assert recorded == ([] if promise.is_counted_by_pytest else [promise.id])


def test_promises_have_names_of_their_own() -> None:
    assert len({promise.id for promise in PROMISES}) == len(PROMISES)


def test_the_page_holds_no_promise_that_is_not_made() -> None:
    assert {row.split(" | ")[0].removeprefix("| ") for row in rows_of_page()} <= {promise.says for promise in PROMISES}


def test_a_promise_that_was_not_tried_is_not_kept() -> None:
    promise = PROMISES[0]
    assert not Result(promise, 0, 0, {}).is_kept
    assert not Result(promise, 10, 9, {}).is_kept
    assert Result(promise, 10, 10, {}).is_kept
    assert Result(promise, 0, 0, {}, "only root can").shown()[0] == "not tried"
    assert Result(promise, 1000, 1000, {"calls": {"fsync": 3}}).shown() == ["1,000", "1,000", "calls fsync 3"]


def test_a_promise_of_a_share_is_kept_by_it_and_names_the_rest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.trust.__main__.PAGE", tmp_path / "trust.md")
    promise = next(one for one in PROMISES if one.at_least == 0.99)
    assert not Result(promise, 100, 98, {}).is_kept
    slipped = Result(promise, 100, 99, {}, slips=["costs.csv: rows twice (1.2%: cm3)"])
    assert slipped.is_kept
    write_page([slipped])
    write_page([Result(PROMISES[0], 1, 1, {})])
    assert slips_of_page() == {promise.says: ["costs.csv: rows twice (1.2%: cm3)"]}
    write_page([Result(promise, 100, 100, {})])
    assert slips_of_page() == {}


def test_the_page_keeps_what_was_not_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.trust.__main__.PAGE", tmp_path / "trust.md")
    first, second = PROMISES[:2]
    write_page([Result(second, 5, 5, {}), Result(first, 9, 8, {})])
    write_page([Result(first, 10, 10, {})])
    assert [row.split(" | ")[:4] for row in rows_of_page()] == [
        [f"| {first.says}", first.tried_by, "10", "10"], [f"| {second.says}", second.tried_by, "5", "5"]
    ]  # fmt: skip
