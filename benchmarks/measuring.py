"""What a command takes: CPU seconds, wall seconds and peak memory of it and its children."""

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Cost:
    """What one process took: CPU seconds, wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def measure(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command once, alone, and account for it and its children."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    measured = ["/usr/bin/env", "python3", "-c", PEAK, *command]
    finished = subprocess.run(measured, env=os.environ | environment, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.perf_counter() - started, float(finished.stdout.strip().splitlines()[-1]) / 1024)


# ru_maxrss of children only ever grows, so each command gets a parent of its own that reports it.
PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def typical(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(getattr(cost, figure) for cost in costs) for figure in ("cpu", "wall", "peak")))
