"""What every test session shares."""

import atexit
import sys

from orchestration.engine.connection import end_quietly

atexit.register(end_quietly)

# A worker of pytest-xdist has a main module without a file; pyspark takes that for a doctest and ends the process.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__
