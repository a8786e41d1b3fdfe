"""Renders the pack: data, style, script and chart library in one file, under a policy that forbids every request."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from orchestration.dictionary.registry import kpis
from orchestration.engine.connection import connect_to_published
from orchestration.report.pack.chapters import read_chapters
from orchestration.report.pack.measures import MEASURES
from orchestration.report.pack.numbers import first_day, read_cells, read_parts, read_periods

HERE = Path(__file__).parent


def read_pack(serving: Path, about: dict[str, Any]) -> dict[str, Any]:
    """Everything that the page embeds; `about` says which version it speaks of and by which checks it holds."""
    with connect_to_published(serving) as conn:
        parts = read_parts(conn)
        return {
            "about": about,
            "measures": [
                {
                    "key": measure.key,
                    "kpi": measure.kpi,
                    "variant": measure.variant,
                    "adds_up": measure.adds_up,
                    "is_ratio": measure.is_ratio,
                    "is_additive": kpis()[measure.kpi].additivity == "A",
                    "monthly_only": measure.monthly_only,
                    "needs_some": measure.needs_some,
                    "stage_pair": measure.stage_pair,
                }
                for measure in MEASURES
            ],
            "meanings": {
                kpi.id: {"name": kpi.name, "formula": kpi.formula, "unit": kpi.unit, "better": kpi.better}
                for kpi in kpis().values()
            },
            "first_day": first_day(conn).isoformat(),
            "periods": read_periods(conn),
            "parts": parts,
            "cells": read_cells(conn, parts),
            "chapters": read_chapters(conn),
        }


def render(pack: dict[str, Any], edition: str = "monthly") -> str:
    """The page; an edition, weekly or monthly, is the grain that it opens with."""
    return (
        _environment()
        .get_template("pack.html.j2")
        .render(
            about=pack["about"],
            edition=edition,
            data=_embedded(pack),
            style=(HERE / "pack.css").read_text(encoding="utf-8"),
            script=(HERE / "pack.js").read_text(encoding="utf-8"),
            charts=_chart_library(),
        )
    )


def _embedded(content: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _chart_library() -> str:
    # 30 MB, which only a run that publishes should load.
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).replace("</script", "<\\/script")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
