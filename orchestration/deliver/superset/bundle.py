"""The bundle that Superset imports: YAML files of one database, its datasets, its charts and the dashboard."""

import json
import zipfile
from io import BytesIO
from uuid import UUID, uuid5

import yaml

from orchestration.deliver.superset.dashboard import CHANNELS, CHARTS, DATASETS, ROWS, TITLE, Chart, Dataset
from orchestration.deliver.superset.questions import Yaml, params_of, query_of
from orchestration.engine.connection import READERS
from orchestration.settings import ROOT

FOLDER = ROOT / "bi" / "superset"
# Everything of ours has the same identity in every Superset, so that a second import changes the first.
OURS = UUID("6f1f3f2e-6f0c-5b8e-9a55-0d8b7f0c7a11")
DATABASE = "databases/duet.yaml"
DASHBOARD = "dashboards/duet.yaml"
FILE, POSTGRES = "duckdb:////path/to/data/published/kpi_serving.duckdb", "postgresql://"
# A fixed day: the same bundle is the same bytes.
BEGUN = (2026, 1, 1, 0, 0, 0)
HEIGHT = {"big_number": 22, "table": 16}


def bundle(uri: str = FILE) -> dict[str, Yaml]:
    """Every file of the bundle by its path; the database is the one of the URI."""
    files: dict[str, Yaml] = {
        "metadata.yaml": {"version": "1.0.0", "type": "Dashboard", "timestamp": "2026-01-01T00:00:00"}
    }
    files[DATABASE] = _database(uri)
    files |= {f"datasets/duet/{dataset.name}.yaml": _dataset(dataset) for dataset in DATASETS}
    files |= {f"charts/{_file_name(chart)}.yaml": _chart(chart) for chart in CHARTS}
    files[DASHBOARD] = _dashboard()
    return files


def texts(files: dict[str, Yaml]) -> dict[str, str]:
    """The files as they stand on disk."""
    return {
        path: yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120) for path, content in files.items()
    }


def zipped(files: dict[str, Yaml]) -> bytes:
    """The bundle as one file, as `superset import-dashboards` takes it."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in texts(files).items():
            archive.writestr(zipfile.ZipInfo(f"duet/{path}", BEGUN), text)
    return memory.getvalue()


def _identity(name: str) -> str:
    return str(uuid5(OURS, name))


def _file_name(chart: Chart) -> str:
    return chart.title.lower().replace(" ", "_").replace("(", "").replace(")", "")


def _database(uri: str) -> Yaml:
    """Read-only, and closed where it is the published file: SQL Lab reaches nothing else of the machine."""
    locked = {"read_only": True, "config": READERS | {"lock_configuration": True}}
    arguments = locked if uri.startswith("duckdb") else {}
    return {
        "database_name": "Duet",
        "sqlalchemy_uri": uri,
        "expose_in_sqllab": True,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "extra": {"engine_params": {"connect_args": arguments} if arguments else {}},
        "uuid": _identity("database"),
        "version": "1.0.0",
    }


def _dataset(dataset: Dataset) -> Yaml:
    return {
        "table_name": dataset.name,
        "main_dttm_col": "period" if "period" in dataset.columns else None,
        "schema": "marts",
        "sql": dataset.sql,
        "uuid": _identity(f"dataset {dataset.name}"),
        "metrics": [measure.as_yaml() for measure in dataset.measures],
        "columns": [
            {
                "column_name": name,
                "type": kind,
                "is_dttm": kind in ("DATE", "TIMESTAMP"),
                "groupby": True,
                "filterable": True,
            }
            for name, kind in dataset.columns.items()
        ],
        "database_uuid": _identity("database"),
        "version": "1.0.0",
    }


def _chart(chart: Chart) -> Yaml:
    return {
        "slice_name": chart.title,
        "description": "; ".join(f"{one.label}: {one.as_yaml()['description']}" for one in chart.measures) or None,
        "viz_type": chart.kind,
        "params": params_of(chart),
        "query_context": json.dumps(query_of(chart), sort_keys=True),
        "uuid": _identity(f"chart {chart.title}"),
        "dataset_uuid": _identity(f"dataset {chart.dataset.name}"),
        "version": "1.0.0",
    }


def _dashboard() -> Yaml:
    return {
        "dashboard_title": TITLE,
        "slug": "duet",
        "description": "Complete months of the certified version that stands below.",
        "uuid": _identity("dashboard"),
        "position": _position(),
        "metadata": {
            "native_filter_configuration": [
                _filter("Months", "filter_time", "period", [{}]),
                _filter("Channel", "filter_select", "channel", [_column(CHANNELS, "channel")]),
            ],
            "color_scheme": "supersetColors",
            "refresh_frequency": 0,
        },
        "published": True,
        "version": "1.0.0",
    }


def _column(dataset: Dataset, column: str) -> Yaml:
    return {"datasetUuid": _identity(f"dataset {dataset.name}"), "column": {"name": column}}


def _filter(name: str, kind: str, column: str, targets: list[Yaml]) -> Yaml:
    """A filter of the page, over the charts whose dataset has its column."""
    excluded = [number for number, chart in enumerate(CHARTS, start=1) if column not in chart.dataset.columns]
    return {
        "id": f"NATIVE_FILTER-{_identity(f'filter {name}')}",
        "name": name,
        "filterType": kind,
        "type": "NATIVE_FILTER",
        "targets": targets,
        "scope": {"rootPath": ["ROOT_ID"], "excluded": excluded},
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False} if kind == "filter_select" else {},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
    }


def _position() -> Yaml:
    rows = [f"ROW-{number}" for number in range(len(ROWS))]
    position: Yaml = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": TITLE}},
    }
    for row, charts in zip(rows, ROWS, strict=True):
        children = [f"CHART-{_identity(f'chart {chart.title}')}" for chart in charts]
        position[row] = {
            "type": "ROW", "id": row, "children": children, "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }  # fmt: skip
        for child, chart in zip(children, charts, strict=True):
            position[child] = {
                "type": "CHART", "id": child, "children": [], "parents": ["ROOT_ID", "GRID_ID", row],
                "meta": {
                    # The importer puts the chart's own number here, and into the filters that name it.
                    "chartId": CHARTS.index(chart) + 1, "uuid": _identity(f"chart {chart.title}"),
                    "sliceName": chart.title, "width": chart.width, "height": HEIGHT.get(chart.kind, 50),
                },
            }  # fmt: skip
    return position
