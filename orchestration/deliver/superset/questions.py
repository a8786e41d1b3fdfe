"""What a chart asks of Superset: complete months of its metrics, on the page and without one."""

from typing import Any

from orchestration.deliver.superset.dashboard import Chart

Yaml = dict[str, Any]


def params_of(chart: Chart) -> Yaml:
    """How the chart is drawn, and what the page asks for it."""
    if chart.kind == "table":
        columns = list(chart.dataset.columns)
        return {
            "viz_type": "table",
            "query_mode": "raw",
            "all_columns": columns,
            "row_limit": 1,
            "show_cell_bars": False,
        }
    names = [measure.name for measure in chart.measures]
    complete = {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "is_complete"}
    any_time = {
        "expressionType": "SIMPLE", "clause": "WHERE", "subject": "period", "operator": "TEMPORAL_RANGE",
        "comparator": "No filter",
    }  # fmt: skip
    params: Yaml = {
        "viz_type": chart.kind,
        "x_axis": "period",
        "time_grain_sqla": "P1M",
        "adhoc_filters": [any_time, complete],
        "y_axis_format": chart.format,
        "row_limit": 10000,
    }
    if chart.kind == "big_number":
        return params | {
            "metric": names[0],
            "show_trend_line": True,
            "start_y_axis_at_zero": True,
            "time_format": "%b %Y",
        }
    params |= {
        "metrics": names,
        "groupby": [chart.cut] if chart.cut else [],
        "x_axis_time_format": "%b %Y",
        "rich_tooltip": True,
        "show_legend": True,
        "truncate_metric": True,
        "color_scheme": "supersetColors",
    }
    return params | ({"stack": "Stack"} if chart.stacked else {})


def query_of(chart: Chart) -> Yaml:
    """What the chart asks of Superset's `chart/data`: what reports and alerts ask too, without a browser."""
    query: Yaml = {"filters": [], "extras": {"having": "", "where": ""}, "row_limit": 10000}
    if chart.kind == "table":
        query |= {"columns": list(chart.dataset.columns), "metrics": [], "row_limit": 1}
    else:
        month = {
            "columnType": "BASE_AXIS", "expressionType": "SQL", "label": "period", "sqlExpression": "period",
            "timeGrain": "P1M",
        }  # fmt: skip
        query |= {
            "columns": [month, *([chart.cut] if chart.cut else [])],
            "metrics": [measure.name for measure in chart.measures],
            "extras": {"having": "", "where": "(is_complete)", "time_grain_sqla": "P1M"},
            "orderby": [],
        }
    # The importer puts the number of the dataset here.
    return {
        "datasource": {"id": 0, "type": "table"},
        "force": False,
        "queries": [query],
        "result_format": "json",
        "result_type": "full",
    }
