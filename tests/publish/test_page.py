"""checks.html: what must be acted on first, nothing from the network, nothing that a check saw becomes code."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from orchestration.publish.approval import Approval, ApprovedCheck
from orchestration.publish.checks import Check
from orchestration.publish.page import WORDS, About, render

HASH = "c" * 64
AT = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)


def check(name: str, severity: str, passed: bool | None, observed: str = "seen", **more: str) -> Check:
    told = {"id": name, "fact": f"{name} holds", "layer": "gate", "owner": "data team", "remedy": f"mend {name}"}
    return Check(severity=severity, passed=passed, observed=observed, subject="candidate", **(told | more))


CHECKS = [
    check("a.fine", "block", True, identity="K3"),
    check("b.odd", "hold", False, "<script>alert(1)</script>"),
    check("c.broken", "block", None, "did not run", layer="models"),
    check("d.weak", "warn", False),
]


def about(version: str | None = None, approved: str | None = None) -> About:
    given = None
    if approved is not None:
        named = [ApprovedCheck(id=approved, fact="f", observed="o")]
        given = Approval(
            run="r", content_hash=HASH, approved_at=AT, approved_by="Ada & Bo", reason="<b>true</b>", checks=named
        )
    return About("0123456789abcdef", date(2026, 6, 30), AT, HASH, version, given)


def outcomes(page: str) -> list[str]:
    return re.findall(r'<td class="outcome">(\w+)</td>', page)


def test_failed_and_held_come_first() -> None:
    page = render(about(), CHECKS)
    assert outcomes(page) == ["failed", "held", "warning", "passed"]
    assert re.findall(r"mend (\S\.\w+)", page) == ["c.broken", "b.odd", "d.weak", "a.fine"]
    assert "1 failed, 1 held, 1 warning, 1 passed" in page
    for words in ("mend c.broken", "did not run", "models", "hold", "data team", "K3"):
        assert words in page


@pytest.mark.parametrize(
    ("checks", "approved", "state"),
    [
        (CHECKS, None, "failed"),
        (CHECKS[:2], None, "held"),
        (CHECKS[:2], "b.odd", "approved"),
        (CHECKS[:1], None, "certified"),
    ],
)
def test_the_state_is_that_of_the_worst(checks: list[Check], approved: str | None, state: str) -> None:
    page = render(about("v000002-abc", approved), checks)
    assert f'<div class="state {state}" role="status">' in page
    assert WORDS[state] in page
    assert "Checks of v000002-abc" in page
    assert ("duet approve 01234567" in page) is (state == "held")


def test_what_people_and_files_say_is_text() -> None:
    page = render(about(approved="b.odd"), CHECKS)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Ada &amp; Bo" in page
    assert "<b>true</b>" not in page


def test_nothing_is_fetched() -> None:
    page = render(about(), CHECKS)
    assert not re.findall(r"https?://|\bsrc=|<link|@import|url\(", page)
    assert "default-src 'none'" in page


def test_the_same_checks_give_the_same_bytes() -> None:
    assert render(about(), CHECKS) == render(about(), CHECKS[::-1])


def test_a_run_that_failed_before_it_had_a_candidate_has_a_page_too() -> None:
    page = render(About("0123456789abcdef", None, None), CHECKS)
    assert "As of" not in page
    assert "<dt>Content" not in page


def test_every_tag_is_closed() -> None:
    opened: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in {"meta", "br", "input"}:
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Tags().feed(render(about("v1", "b.odd"), CHECKS))
    assert opened == []
