"""Everything that Dagster knows: what defs/ holds, nothing else."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Load the folder defs/."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
