"""What every test session shares."""

import atexit

from orchestration.engine.connection import end_quietly

atexit.register(end_quietly)
