"""A person's word for a candidate that is held: for which bytes, by whom, when, why, and about which checks."""

import json
import os
import pwd
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from orchestration import durable


class ApprovedCheck(BaseModel):
    """A check that held the candidate, and what it had seen."""

    id: str
    fact: str
    observed: str


class Approval(BaseModel):
    """It speaks of one run and its content, and of nothing that is built later."""

    run: str
    content_hash: str
    approved_at: datetime
    approved_by: str
    reason: str = Field(min_length=1)
    checks: list[ApprovedCheck]

    def releases(self, run: str, content_hash: str, held_by: Iterable[str]) -> bool:
        """Whether it was given for exactly this run, these bytes and all of these checks."""
        named = {check.id for check in self.checks}
        return (self.run, self.content_hash) == (run, content_hash) and set(held_by) <= named


def keep_approval(folder: Path, approval: Approval) -> None:
    """Write it down beside the candidate."""
    durable.write_model(folder / "approval.json", approval)


def read_approval(folder: Path) -> Approval | None:
    """The approval beside a candidate; None when nobody gave one."""
    path = folder / "approval.json"
    return Approval.model_validate(json.loads(path.read_bytes())) if path.exists() else None


def this_person() -> str:
    """The account that runs this process, as the machine knows it: a variable could say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
