"""What can go wrong in front of a person, as one readable line and a non-zero exit."""

from typing import Any

import click
import duckdb
from pydantic import ValidationError

from orchestration import disk
from orchestration.deliver.parquet import NotEmpty
from orchestration.deliver.postgres import NoPostgres, NotDelivered
from orchestration.engine.manifest import DbtProjectBroken
from orchestration.ingest.forget import CannotForget
from orchestration.ingest.keys import UnusableKey
from orchestration.publish.build import NoBuild
from orchestration.publish.certify import Refused
from orchestration.publish.lock import RunInProgress
from orchestration.publish.replay import CannotReplay
from orchestration.publish.seals import Damaged
from orchestration.publish.space import NoSpace
from orchestration.publish.staged import CannotApprove
from orchestration.publish.version import UnknownVersion
from orchestration.report.diff import NotComparable
from orchestration.report.kpi import NothingPublished, UnknownKpi
from orchestration.report.pack.edition import NoBrowser, NoPack
from orchestration.report.periods import NoSuchPeriod
from orchestration.report.readers import NoSuchSource
from orchestration.report.shelved import put_right
from orchestration.rules import RulesError, explain
from orchestration.settings import get_settings

# Their messages say what to do next; anything else is a fault of ours and shows where it happened.
EXPECTED = (
    CannotApprove,
    CannotForget,
    CannotReplay,
    Damaged,
    DbtProjectBroken,
    NoBrowser,
    NoBuild,
    NoPack,
    NoPostgres,
    NoSpace,
    NoSuchPeriod,
    NoSuchSource,
    NotComparable,
    NotDelivered,
    NotEmpty,
    NothingPublished,
    OSError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    Refused,
    RulesError,
    RunInProgress,
    UnknownKpi,
    UnknownVersion,
    UnusableKey,
)


class Duet(click.Group):
    """Turns what can go wrong into one readable line and a non-zero exit."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb."""
        try:
            return super().invoke(ctx)
        except ValidationError as error:
            raise click.ClickException(f"DUET_* variables: {explain(error)}") from error
        except EXPECTED as error:
            advice = disk.remedy(str(error))
            raise click.ClickException(f"{error}\n  remedy:    {advice}" if advice else str(error)) from error


class Reading(click.Command):
    """A verb that shows what is published: damage is led past and said before anything is shown."""

    def invoke(self, ctx: click.Context) -> Any:
        """Put right what can be, then run the verb."""
        for alarm in put_right(get_settings()):
            click.echo(f"ALARM: {alarm}", err=True)
        return super().invoke(ctx)
