"""After the publish: copies of the version online for readers on other hosts."""

import dagster as dg

from orchestration.defs.locking import RunLock
from orchestration.defs.publishing import OWNERS, TAGS
from orchestration.deliver.postgres import NotDelivered
from orchestration.deliver.push import push
from orchestration.settings import get_settings


@dg.asset(group_name="publish", kinds={"postgres"}, owners=OWNERS, tags=TAGS, deps=["published_version"])
def postgres_marts(run_lock: RunLock) -> dg.MaterializeResult:
    """The schema marts of DUET_POSTGRES_URL, changed in one transaction into the version that is online.

    Skipped where no URL is set. A failure leaves what was there, and what is online stays online.
    """
    settings = get_settings()
    if settings.postgres_url is None:
        return dg.MaterializeResult(
            metadata={"skipped": "DUET_POSTGRES_URL is not set, so there is nothing to copy to"}
        )
    try:
        pushed = push(settings)
    except NotDelivered as error:
        # The next refresh tries again by itself.
        raise dg.Failure(f"published, but not in PostgreSQL: {error}", allow_retries=False) from None
    rows = {f"rows {table}": count for table, count in pushed.rows.items()}
    return dg.MaterializeResult(metadata={"version": pushed.version, "place": pushed.place, **rows})
