"""What every test session shares."""

import atexit
import sys

import pytest

from orchestration.engine.connection import end_quietly

atexit.register(end_quietly)

# A worker of pytest-xdist has a main module without a file; pyspark takes that for a doctest and ends the process.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file run in one worker, and so do files that share what one of them builds."""
    for item in items:
        module = getattr(item, "module", None)
        item.add_marker(pytest.mark.xdist_group(getattr(module, "HOUSE_OF", item.path.as_posix())))
