"""Writes the locked requirements: every version with its hashes, no address of any registry."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMPILE = [
    str(Path(sys.executable).parent / "uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-header", "--no-emit-index-url", "--native-tls",
]  # fmt: skip
LOCKS: dict[str, list[str]] = {
    "base.txt": [],
    "dev.txt": ["--extra", "dev", "--constraints", "requirements/base.txt"],
    "server.txt": ["--extra", "server", "--constraints", "requirements/base.txt"],
    "all.txt": [
        *("--extra", "dev", "--extra", "spark", "--extra", "server"),
        *("--constraints", "requirements/dev.txt", "--constraints", "requirements/server.txt"),
    ],
}


def main() -> None:
    """Compile the files, each within the versions of the one before, and that of Superset, which stands apart."""
    for name, options in LOCKS.items():
        _compile([*options, "pyproject.toml", "requirements/build.in"], name)
    _compile(["requirements/superset.in"], "superset.txt")


def _compile(options: list[str], name: str) -> None:
    subprocess.run([*COMPILE, *options, "--output-file", f"requirements/{name}"], cwd=HERE.parent, check=True)
    print(f"requirements/{name} written")


if __name__ == "__main__":
    main()
