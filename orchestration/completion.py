"""What a shell completes: verbs and options, which click knows, and the words that only this house knows."""

from collections.abc import Iterable

import click
import duckdb
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from orchestration.dictionary import registry
from orchestration.engine.connection import connect
from orchestration.publish.version import names, serving_file
from orchestration.settings import SOURCES_DIR, get_settings


class WholeHelp(FishComplete):
    """What fish shows beside a word, to its end: click's own script cuts it at the first comma."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "fish": WholeHelp, "zsh": ZshComplete}


def script(shell: str) -> str:
    """What a shell reads to complete `duet`."""
    root = click.get_current_context().find_root()
    return SHELLS[shell](root.command, {}, "duet", "_DUET_COMPLETE").source()


def kpis(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the dictionary, each with its name."""
    return [CompletionItem(kpi.id, help=kpi.name) for kpi in registry.kpis().values() if kpi.id.startswith(incomplete)]


def sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Sources that people export from; their contracts are not read for it."""
    files = sorted(SOURCES_DIR.glob("*.yml"))
    return _beginning((path.stem for path in files if b"\nformats:" in path.read_bytes()), incomplete)


def certified(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Versions that there are; whether they are intact is asked by the verb."""
    return _beginning(names(get_settings()), incomplete)


def named(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Versions, and the names that two of them always have."""
    return _beginning(["online", "previous", *names(get_settings())], incomplete)


def dimensions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What the KPI that stands before is cut by, in the published file."""
    return _beginning(_published("dimension", ctx), incomplete)


def grains(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The grains in which the KPI that stands before is published."""
    return _beginning(_published("grain", ctx), incomplete)


def _published(column: str, ctx: click.Context) -> list[str]:
    # While an option waits for its word, click has put the words before it aside.
    kpi = ctx.params.get("name") or next(iter(ctx.args), None)
    file = serving_file(get_settings())
    if kpi is None or not file.exists():
        return []
    try:
        with connect(file, read_only=True) as conn:
            query = f"select distinct {column} from marts.kpi_values where kpi = ? and {column} != '' order by all"
            return [str(value) for (value,) in conn.execute(query, [kpi]).fetchall()]
    except duckdb.Error:
        # A damaged file is for `duet status` to tell of; nobody wants it between two words.
        return []


def _beginning(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]
