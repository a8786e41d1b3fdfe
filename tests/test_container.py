"""What goes into an image: the code that its commands need, and no data, password or environment of the house."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_pages import clone

NEEDED = {
    "README.md", "bi", "dagster.yaml", "dbt_project", "deploy", "docs", "duet.yml", "expectations",
    "orchestration", "pyproject.toml", "requirements",
}  # fmt: skip
# What lies in a clone that somebody works in.
OF_THE_HOUSE = (
    ".env", ".git/config", ".venv/bin/python", "data/archive/people.csv", "data/.duet/hash_key", "deploy/compose.env",
    "dbt_project/target/manifest.json", "orchestration/__pycache__/cli.pyc", "notes.txt",
)  # fmt: skip


def test_only_code_goes_into_an_image(tmp_path: Path) -> None:
    if shutil.which("buildah") is None or os.geteuid():
        pytest.skip("images are built by root with buildah; on Debian: apt-get install buildah")
    context = clone(tmp_path / "duet")
    for name in OF_THE_HOUSE:
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_text("secret")
    recipe = tmp_path / "Containerfile"
    recipe.write_text("FROM scratch\nCOPY . /\n")
    buildah = ["buildah", "--root", str(tmp_path / "images"), "--runroot", str(tmp_path / "run"),
               "--storage-driver", "vfs"]  # fmt: skip

    def said(*arguments: str | Path) -> str:
        return subprocess.run([*buildah, *arguments], capture_output=True, text=True, check=True).stdout.strip()

    said("bud", "--isolation", "chroot", "--quiet", "--file", recipe, "--tag", "context", context)
    inside = Path(said("mount", said("from", "localhost/context")))
    files = {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()}
    said("umount", "--all")
    assert {path.parts[0] for path in files} == NEEDED
    assert [name for name in OF_THE_HOUSE if Path(name) in files] == []
