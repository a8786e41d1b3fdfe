"""The pack on disk: sealed into the version that it shows, and written anywhere as a page or as a PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from orchestration import durable
from orchestration.publish.candidate import SERVING
from orchestration.publish.version import Version, pointed_at
from orchestration.report.headline import MULTIPLES
from orchestration.report.limits import AT_LEAST, AT_MOST
from orchestration.report.pack.page import read_pack, render
from orchestration.report.status import held
from orchestration.rules import Rules
from orchestration.settings import Settings

PAGE = "pack.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# A browser that prints a file has no business on the network.
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--virtual-time-budget=10000",
]  # fmt: skip
PRINTED_WITHIN = 120
# More than these bury what matters on a page.
MOST_CAUSES = 3


class NoBrowser(RuntimeError):
    """Printing to PDF needs a browser; the message names those that are looked for."""


class NoPack(ValueError):
    """A version without a page, or of which this Duet can write none; the message says what to do."""


def pack_file(settings: Settings, version: Version) -> Path:
    """Where the pack of a version lies; else NoPack."""
    place = settings.published / version.version / PAGE
    if not place.exists():
        raise NoPack(f"{version.version} was certified without a pack; write one: duet pack pack.html")
    return place


def write_pack(folder: Path, version: Version) -> None:
    """Write the page of a version into the folder that is about to be sealed as it."""
    durable.write_text(folder / PAGE, render(read_pack(folder / SERVING, about(version))))


# What a run seals into a version for people to look at.
PAGES = (write_pack,)


def write_edition(settings: Settings, version: Version, edition: str, target: Path) -> None:
    """Write an edition to a file of the caller's choice; one that ends in .pdf is printed by a browser."""
    try:
        pack = read_pack(settings.published / version.version / SERVING, about_now(settings, version))
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise NoPack(
            f"{version.version} has other tables than this Duet reads (Duet {version.duet_version} certified it, "
            "with other models); build one with `duet refresh`, or open its own pack: duet open"
        ) from error
    page = render(pack, edition)
    if target.suffix.lower() == ".pdf":
        _print(page, target)
    else:
        durable.write_text(target, page)


def about_now(settings: Settings, version: Version) -> dict[str, Any]:
    """What `about` says, and of the version online why nothing newer is: the first line of the first few causes.

    A page that is sealed into a version cannot know it; an edition is written later.
    """
    causes = held(settings) if pointed_at(settings) == version.version else []
    lines = [cause.strip().splitlines()[0] for cause in causes[:MOST_CAUSES]]
    more = len(causes) - len(lines)
    return about(version) | {"held": [*lines, *[f"and {more} more: duet status"] * (more > 0)]}


def about(version: Version) -> dict[str, Any]:
    """What the first screen says of a version: which one, until when, by which checks, and what a person let pass."""
    approval = version.approval
    unusual = [f"{check.fact}: {check.observed}" for check in approval.checks] if approval else []
    let_pass = [f"Let pass by {approval.approved_by}: {approval.reason}"] if approval else []
    return {
        "version": version.version,
        "as_of": version.as_of.isoformat(),
        "certified_at": version.certified_at.strftime("%Y-%m-%d %H:%M"),
        "passed": version.checks["passed"],
        "warned": version.checks["warned"],
        "held": [],
        "notices": [*let_pass, *unusual],
        "currency": version.rules["reporting_currency"],
        "multiples": sorted(MULTIPLES),
        "limits_from": [AT_LEAST, AT_MOST],
        "xmr_multiplier": Rules.model_validate(version.rules).gate.xmr_multiplier,
    }


def _print(page: str, target: Path) -> None:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowser(
            f"a PDF is printed by a browser, and none of {', '.join(BROWSERS)} is installed; on Debian: "
            "apt-get install chromium. Or write the page as .html and print it yourself"
        )
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder) / PAGE, Path(folder) / "pack.pdf"
        source.write_text(page, encoding="utf-8")
        command = [browser, *QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", source.as_uri()]
        ended = subprocess.run(command, capture_output=True, timeout=PRINTED_WITHIN, check=False)
        if ended.returncode or not printed.exists():
            said = ended.stderr.decode(errors="replace").strip().splitlines()
            raise NoBrowser(f"{browser} did not print {target}: {said[-1] if said else 'it said nothing'}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(printed, target)
