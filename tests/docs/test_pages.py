"""What the pages tell people to type is what there is, and prints what they say."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from orchestration.cli import main
from orchestration.demo.company import DEMO_AS_OF
from orchestration.settings import ROOT
from tests.docs.fences import Step, missing, steps_of

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
TYPED = {"", "fails", "demo"}
WALKED = [page for page in PAGES if any(step.how in TYPED for step in steps_of(page))]
DUET = re.compile(r"(?:^|\$\(|&& |\| |; )((?:\.venv/bin/)?duet(?: [^|;&)\n]*)?)", re.MULTILINE)
STRAY = re.compile(r"^```\n((?:\. |make |duet |sudo |systemctl |docker |podman )[^\n]*)", re.MULTILINE)


def relative(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_commands_are_marked_as_what_they_are(page: Path) -> None:
    """A command in a fence of no language would be run by nobody."""
    for step in steps_of(page):
        assert step.how in TYPED | {"setup", "shown", "root"}, step
        assert subprocess.run(["bash", "-n"], input=step.commands, text=True, check=False).returncode == 0, step
    assert STRAY.findall(page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Files and pictures of this repository, and the headings of its pages as GitHub names them."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        name, _, heading = target.partition("#")
        if "://" in name:
            continue
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        assert not heading or heading in headings(linked), target


def headings(page: Path) -> set[str]:
    found = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_duet_command_is_one_that_there_is(page: Path) -> None:
    for step in steps_of(page):
        for command in commands_of(step):
            assert understood(command) is None, command


def commands_of(step: Step) -> list[list[str]]:
    without_files = re.sub(r"<<'(\w+)'.*?^\1$", "", step.commands, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(found)[1:] for found in DUET.findall(without_files)]


def understood(arguments: list[str]) -> str | None:
    """None where click takes the words, else what it says to them; nothing is run, and files need not exist."""
    if not arguments or arguments[0] in ("--help", "--version"):
        return None
    if arguments[0] not in main.commands:
        return f"no command {arguments[0]}"
    command = main.commands[arguments[0]]
    try:
        command.make_parser(click.Context(command)).parse_args(list(arguments[1:]))
    except click.UsageError as error:
        return error.format_message()
    return None


def test_a_command_that_there_is_not_is_found() -> None:
    assert understood(["kpi", "cac", "--by", "channel"]) is None
    assert understood(["kpi", "cac", "--bye", "channel"]) is not None
    assert understood(["kpis"]) is not None


def test_a_line_that_is_not_printed_is_found() -> None:
    said = "Published v000001-0123abcd\n│ 2026-05-01 │ 70.00 │ 2 │\n"
    assert list(missing(["Published v000009-ffffffff", "…", "│ 2026-05-01 │ 70.00 │ …"], said)) == []
    assert list(missing(["│ 2026-05-01 │ 70.01 │"], said)) == ["│ 2026-05-01 │ 70.01 │"]
    assert list(missing(["│ 2026-05-01 │", "Published …"], said)) == ["Published …"]


@pytest.fixture(scope="module")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which somebody has run the demo, for every page that begins there."""
    house = clone(tmp_path_factory.mktemp("demo") / "duet")
    ended = walk([Step("", "duet demo")], house)
    assert ended.returncode == 0, ended.stdout
    return house


@pytest.mark.slow
@pytest.mark.parametrize("page", WALKED, ids=relative)
def test_a_reader_who_types_what_a_page_says_sees_what_it_shows(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    steps = [step for step in steps_of(page) if step.how in TYPED]
    begins_with_demo = any(step.how == "demo" for step in steps)
    ended = walk(steps, request.getfixturevalue("demo_house") if begins_with_demo else clone(tmp_path / "duet"))
    heard = ended.stdout.split("@@step@@\n")[1:]
    assert (ended.returncode, len(heard)) == (0, len(steps)), f"it ended in step {len(heard)}:\n{ended.stdout[-3000:]}"
    unheard = [line for step, said in zip(steps, heard, strict=True) for line in missing(step.shown, said)]
    assert unheard == [], ended.stdout


def clone(place: Path) -> Path:
    """The repository as it is here, committed or not, without what git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / name)
    return place


def walk(steps: list[Step], house: Path) -> subprocess.CompletedProcess[str]:
    """One shell that types everything, and stops where something does not end as the page says."""
    script = ["set -euo pipefail"]
    for step in steps:
        script.append("echo @@step@@")
        script.append(f"if ( {step.commands} ); then exit 9; fi" if step.how == "fails" else step.commands)
    environment = {
        "HOME": str(house), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONPATH": str(house),
        "COLUMNS": "160", "DO_NOT_TRACK": "1", "LANG": "C.UTF-8", "DUET_AS_OF": DEMO_AS_OF.isoformat(),
    }  # fmt: skip
    return subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=house, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        timeout=3600,
    )  # fmt: skip
