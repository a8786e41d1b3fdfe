"""What every test session shares."""

import atexit
import sys
from pathlib import Path

import pytest

from orchestration.engine.connection import end_quietly
from tests.ingest.ingest_files import Landing

atexit.register(end_quietly)

# A worker of pytest-xdist has a main module without a file; pyspark takes that for a doctest and ends the process.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    """A landing folder of its own, under the rules that nobody changed."""
    return Landing(tmp_path)
