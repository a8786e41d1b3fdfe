"""Completion where people meet it: a terminal, a shell that has read its script, a word begun and the tab key."""

import os
import pty
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

WITHIN = 120  # seconds, on a machine that has other work
# How each shell starts without anybody's settings, and what it is told: read the script; on ctrl-x s write the line.
SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        """eval "$(duet completion bash)"; bind -x '"\\C-xs": printf %s "$READLINE_LINE" > "$SAID"'""",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        """autoload -Uz compinit; compinit -u -D; eval "$(duet completion zsh)"
        say() { print -rn -- $BUFFER > $SAID }; zle -N say; bindkey "^Xs" say""",
    ),
    "fish": (["fish", "--no-config", "-i"], "duet completion fish | source; bind \\cxs 'commandline > $SAID'"),
}


def environment(folder: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return os.environ | {
        "PATH": path, "HOME": str(folder), "TERM": "xterm", "DUET_DATA_DIR": str(folder / "data"),
        "SAID": str(folder / "said"),
    }  # fmt: skip


def line_after_tab(shell: str, typed: str, folder: Path) -> str:
    """What stands on the command line once the shell has answered the tab key."""
    command, told = SHELLS[shell]
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment(folder))
    os.set_blocking(terminal, False)
    said, answer, heard, deadline = folder / "said", "", b"", time.monotonic() + WITHIN
    try:
        os.write(terminal, f"{told}\n{typed}\t".encode())
        # Read once a turn: the shell empties the file before it writes.
        while answer in ("", typed):
            assert time.monotonic() < deadline, heard.decode(errors="replace")
            time.sleep(0.5)
            with suppress(BlockingIOError):
                heard += os.read(terminal, 100_000)
            os.write(terminal, b"\x18s")
            answer = said.read_text().strip() if said.exists() else ""
        return answer
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("duet roll", "duet rollback"),
        ("duet kpi cac_bl", "duet kpi cac_blended_media"),
        ("duet kpi spend --gr", "duet kpi spend --grain"),
    ],
)
def test_the_tab_key_ends_the_word(shell: str, typed: str, line: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here; on Debian: apt-get install {shell}")
    assert line_after_tab(shell, typed, tmp_path) == line


def test_fish_shows_the_whole_of_what_a_word_means(tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("no fish here; on Debian: apt-get install fish")
    program = "duet completion fish | source; complete -C 'duet kpi spend --b'"
    said = subprocess.run(
        ["fish", "--no-config", "-c", program], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == ["--by\tCut by a dimension: channel, stage_pair, …"]
