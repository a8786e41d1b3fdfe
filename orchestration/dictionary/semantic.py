"""The semantic layer as the registry makes it: MetricFlow's metrics, and the cells of kpi_values that some add up."""

from functools import cache
from typing import Any

import yaml

from orchestration.dictionary.registry import ABOVE_ZERO, NAME, Metric, metrics
from orchestration.settings import DBT_PROJECT_DIR

SEMANTIC = DBT_PROJECT_DIR / "semantic"
METRICS_FILE = SEMANTIC / "kpi_metrics.yml"
CELLS_FILE = SEMANTIC / "kpi_cells.yml"
HEADER = "# Written by `make generated` from orchestration/dictionary; change the registry, not this file.\n"
GRAINS = ("day", "month")
SIDES = ("numerator", "denominator")
# Of SQL, beside names of measures.
WORDS = {"and", "as", "case", "cast", "double", "end", "nullif", "or", "then", "when"}
Yaml = dict[str, Any]


def metrics_yml() -> str:
    """kpi_metrics.yml: the metrics of the registry, and those that they are made of."""
    own = [_metric(metric) for metric in metrics()]
    names = {metric["name"] for metric in own}
    used = sorted({name for metric in metrics() for name in metric.measures})
    parts = [_part(name) for name in used if metric_of(name) not in names]
    sides = [side for metric in metrics() for side in _sides(metric)]
    return _dump({"metrics": [*own, *parts, *sides]})


def cells_yml() -> str:
    """kpi_cells.yml: cells of days and of months, for metrics whose parts are built in a model."""
    return _dump({"semantic_models": [_cells_model(grain) for grain in GRAINS]})


def metric_of(measure: str) -> str:
    """The metric that stands for a measure within others."""
    return measure.replace("@", "_")


@cache
def measures() -> dict[str, Yaml]:
    """Measures that are written by hand over facts, by name, with the primary entity and the grain of their model."""
    found: dict[str, Yaml] = {}
    for path in sorted(SEMANTIC.glob("*.yml")):
        if path in (METRICS_FILE, CELLS_FILE):
            continue
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["semantic_models"]:
            found |= {measure["name"]: measure | _place(model, measure) for measure in model.get("measures", [])}
    return found


def grain_of(metric: Metric) -> str:
    """The finest grain that MetricFlow has of a metric: day or month."""
    if metric.cells:
        return metric.cells.grain
    return max(measures()[name.removesuffix("@paid")]["grain"] for name in metric.measures)


def group_by(metric: Metric, cut: str) -> list[str]:
    """What MetricFlow groups by for a cut of a metric, in the order of the parts of its members."""
    entity = f"kpi_{metric.cells.grain}" if metric.cells else measures()[metric.measures[0]]["entity"]
    return [part if part == "channel" else f"{entity}__{part}" for part in cut.split("+")]


def _place(model: Yaml, measure: Yaml) -> Yaml:
    primary = [entity["name"] for entity in model.get("entities", []) if entity["type"] == "primary"]
    grains = {
        one["name"]: one["type_params"]["time_granularity"] for one in model["dimensions"] if one["type"] == "time"
    }
    time = measure.get("agg_time_dimension", model["defaults"]["agg_time_dimension"])
    return {"entity": model.get("primary_entity") or primary[0], "grain": grains[time]}


def _metric(metric: Metric) -> Yaml:
    about: Yaml = {"name": metric.name, "label": metric.label, "description": metric.text}
    about["config"] = {"meta": {"kpi": metric.kpi, "variant": metric.variant}}
    if metric.cells:
        sides = {side: f"{metric.name}_{side}" for side in SIDES}
        return about | (_ratio(sides) if metric.is_ratio else _of_measure(sides["numerator"]))
    if not metric.is_ratio and _is_one(metric.numerator):
        # Within others it is 0 where there is nothing to add up; alone it may be unknown.
        return about | _of_measure(metric.numerator, 0 if metric.numerator == metric.name else None)
    if not metric.known_by and _is_one(metric.numerator) and _is_one(metric.denominator):
        return about | _ratio({side: metric_of(getattr(metric, side)) for side in SIDES})
    return about | _derived(_expression(metric))


def _expression(metric: Metric) -> str:
    """One expression over measures: a ratio of derived metrics would be null where one side is 0 for want of rows."""
    value = metric.numerator
    if metric.is_ratio:
        value = f"cast({metric.numerator} as double) / nullif(cast({metric.denominator} as double), 0)"
    if metric.known_by == ABOVE_ZERO:
        return f"case when {metric.numerator} > 0 and {metric.denominator} > 0 then {value} end"
    if metric.known_by:
        these, _, those = metric.known_by.partition(" of ")
        value = f"case when {these} > 0 or {those} = 0 then {value} end"
    return value


def _sides(metric: Metric) -> list[Yaml]:
    """Both sides of a ratio that adds up cells."""
    if not (metric.cells and metric.is_ratio):
        return []
    return [_simple(f"{metric.name}_{side}", f"{side.title()} of {metric.name}.") for side in SIDES]


def _part(name: str) -> Yaml:
    """The metric of one measure; beside others it is 0 where there is nothing to add up."""
    measure = name.removesuffix("@paid")
    part = _simple(metric_of(name), measures()[measure]["description"], measure, 0)
    if measure != name:
        part["filter"] = "{{ Dimension('channel__is_paid') }}"
        part["description"] = f"{part['description'].rstrip('.')}, of paid channels."
    return part


def _simple(name: str, description: str, measure: str = "", fill: int | None = None) -> Yaml:
    label = name.replace("_", " ").capitalize()
    return {"name": name, "label": label, "description": description} | _of_measure(measure or name, fill)


def _of_measure(measure: str, fill: int | None = None) -> Yaml:
    place = {"name": measure} | ({"fill_nulls_with": fill} if fill is not None else {})
    return {"type": "simple", "type_params": {"measure": place}}


def _ratio(sides: dict[str, str]) -> Yaml:
    return {"type": "ratio", "type_params": sides}


def _derived(text: str) -> Yaml:
    inputs = [{"name": metric_of(name)} for name in dict.fromkeys(NAME.findall(text)) if name not in WORDS]
    return {"type": "derived", "type_params": {"expr": text.replace("@", "_"), "metrics": inputs}}


def _is_one(text: str) -> bool:
    """Whether an expression is a measure alone."""
    return NAME.fullmatch(text) is not None


def _cells_model(grain: str) -> Yaml:
    period = {"name": "period", "type": "time", "type_params": {"time_granularity": grain}}
    parts = {
        "stage_pair": "case when dimension like 'stage_pair%' then split_part(member, '+', 1) end",
        "stage": "case when dimension = 'stage' then member end",
    }
    channel = (
        "case when dimension = 'channel' then member "
        "when dimension = 'stage_pair+channel' then split_part(member, '+', 2) end"
    )
    return {
        "name": f"kpi_{grain}s",
        "description": f"Numerators and denominators by {grain} of KPIs that are built in a model. One row per cell.",
        "model": "ref('kpi_values')",
        "primary_entity": f"kpi_{grain}",
        "defaults": {"agg_time_dimension": "period"},
        "entities": [{"name": "channel", "type": "foreign", "expr": channel}],
        "dimensions": [period, *({"name": name, "type": "categorical", "expr": sql} for name, sql in parts.items())],
        "measures": [
            measure
            for metric in metrics()
            if metric.cells and metric.cells.grain == grain
            for measure in _cell_measures(metric)
        ],
    }


def _cell_measures(metric: Metric) -> list[Yaml]:
    assert metric.cells
    variant = f"= '{metric.variant}'" if "*" not in metric.variant else f"like '{metric.variant.replace('*', '%')}'"
    place = (
        f"kpi = '{metric.kpi}' and variant {variant} and grain = '{metric.cells.grain}' "
        f"and dimension = '{metric.cells.dimension}'"
    )
    return [
        {
            "name": f"{metric.name}_{side}",
            "agg": "sum",
            "expr": f"case when {place} then {side} end",
            "description": f"{side.title()} of {metric.name}.",
        }
        for side in (SIDES if metric.is_ratio else SIDES[:1])
    ]


def _dump(content: Yaml) -> str:
    return HEADER + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
