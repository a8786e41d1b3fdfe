"""`make trust` claims nothing that is not tried: every promise has its test, and the page only what is promised."""

import ast

import pytest

from orchestration.settings import ROOT
from tests.trust.__main__ import PAGE, Result, write_page
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
    rows = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    assert set(rows[1:]) <= {promise.says for promise in PROMISES}


def test_a_promise_that_was_not_tried_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    promise = PROMISES[0]
    assert not Result(promise, 0, 0, {}).is_kept
    assert not Result(promise, 10, 9, {}).is_kept
    assert Result(promise, 10, 10, {}).is_kept
    assert Result(promise, 0, 0, {}, "only root can").shown()[0] == "not tried"
    assert Result(promise, 1000, 1000, {"calls": {"fsync": 3}}).shown() == ["1,000", "1,000", "calls fsync 3"]
    monkeypatch.setattr("tests.trust.__main__.PAGE", tmp_path / "trust.md")  # type: ignore[operator]
    write_page([Result(promise, 10, 10, {})])
    assert f"| {promise.says} | {promise.tried_by} | 10 | 10 |" in (tmp_path / "trust.md").read_text()  # type: ignore[operator]
