"""docs/kpis.md and the texts that dbt docs quote: every KPI in the order of business, as the registry defines it."""

from itertools import groupby

from orchestration.dictionary.registry import Kpi, Metric, entries, kpis, not_built, units
from orchestration.settings import DBT_PROJECT_DIR, ROOT

KPIS_PAGE = ROOT / "docs" / "kpis.md"
DBT_DOCS = DBT_PROJECT_DIR / "models" / "marts" / "kpis.md"
ADDS_UP = {
    "A": "adds up over every cut and over time",
    "S": "a stock: the end of a period counts",
    "N": "recomputed from numerator and denominator, never added or averaged",
}
BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither higher nor lower is better"}
HEAD = """# The KPIs

Written by `make generated` from the registry: the seeds `kpi_dictionary`, `kpi_directions` and `kpi_variant_units`,
and the metrics in `orchestration/dictionary`. The marts, the pack, dbt docs and the
[metrics of the semantic layer](semantic-layer.md) say the same; a test finds any that differ.

Every value stands in `marts.kpi_values` with its numerator and denominator. *Metric* is its name in the semantic
layer; where there is none, the words say why, and the mart has the number.
"""


def kpis_md() -> str:
    """The page."""
    chapters = [HEAD]
    for family, members in groupby(kpis().values(), key=lambda kpi: kpi.family):
        chapters += [f"## {family}\n", *(_chapter(kpi) for kpi in members)]
    missing = [f"- `{kpi}`, {name[0].lower()}{name[1:]}: {because}." for kpi, name, because in not_built()]
    return "\n".join([*chapters, "## Not built yet\n", *missing, ""])


def dbt_docs_md() -> str:
    """A block for each KPI, which columns of marts quote: {{ doc('kpi_spend') }}."""
    blocks = [f"{{% docs kpi_{kpi.id} %}}\n{_sentence(kpi.formula)}\n{{% enddocs %}}\n" for kpi in kpis().values()]
    return "\n".join(blocks)


def _chapter(kpi: Kpi) -> str:
    facts = f"`{kpi.id}` · {kpi.unit} · {ADDS_UP[kpi.additivity]} · {BETTER[kpi.better]} · mart `{kpi.mart}`"
    lines = [_line(entry) for entry in entries() if entry.kpi == kpi.id]
    return "\n".join([f"### {kpi.name}\n", f"{_sentence(kpi.formula)}\n", f"{facts}\n", *lines, ""])


def _line(entry: Metric) -> str:
    variant = "" if entry.variant in ("", "*") else f" (variant `{entry.variant}`{_unit(entry)})"
    reason = f": {entry.because}" if entry.because else ""
    if not entry.name:
        return f"- No metric{variant}{reason}."
    cuts = ", ".join(f"`{cut}`" for cut in entry.cuts)
    cut = f", {'only ' if not entry.has_total else ''}by {cuts}" if cuts else ""
    days = ", for days and weeks" if entry.of_days else ""
    return f"- Metric `{entry.name}`{variant}{days}{cut}{reason}."


def _unit(entry: Metric) -> str:
    unit = units().get((entry.kpi, entry.variant))
    return f", {unit}" if unit else ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
