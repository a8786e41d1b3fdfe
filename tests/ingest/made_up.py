"""A made-up ad platform: its contract is short, and a test adds the words that it is about."""

import shutil
from pathlib import Path

import pytest

from orchestration.ingest import load, run
from orchestration.ingest.contracts.sources import SHAPES, load_sources
from orchestration.settings import SOURCES_DIR
from tests.ingest.ingest_files import Landing

SOURCE = """
source: made_up
title: Made up
streams:
  campaign_days: {shape: campaign_days}
  campaign_periods: {shape: campaign_periods}
formats:
"""
DAYS = """
  days:
    stream: campaign_days
    title: made-up report by day
    weight: spend
    columns:
      account_id: {headers: [Account ID], rule: account_id, fact: account_id, default: (unknown)}
      campaign_id: {headers: [Campaign ID], rule: id}
      campaign_name: {headers: [Campaign]}
      day: {headers: [Day], required: true, filled: true}
      currency: {headers: [Currency], rule: currency, fact: currency}
      spend: {headers: [Spend], required: true, filled: true}
      clicks: {headers: [Clicks]}
      conversions_value: {headers: [Value]}
"""
HEADER, ROW = "Day,Campaign,Spend\n", "2026-03-01,Spring,1.50\n"


def landing_at(folder: Path, monkeypatch: pytest.MonkeyPatch, words: str = "", *formats: str) -> Landing:
    """A landing folder whose runs know the made-up platform alone; the words belong to its report by day."""
    sources = folder / "sources"
    sources.mkdir()
    shutil.copy(SOURCES_DIR / SHAPES, sources)
    (sources / "made_up.yml").write_text(SOURCE + DAYS + words + "".join(formats), encoding="utf-8")
    for module in (load, run):
        monkeypatch.setattr(module, "load_sources", lambda: load_sources(sources))
    return Landing(folder)
