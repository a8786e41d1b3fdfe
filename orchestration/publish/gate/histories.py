"""Deals against the history that their CRM keeps of them: both say in which stage a deal is."""

from collections.abc import Iterable

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History, known_files
from orchestration.publish.gate.successors import part_of

DEALS, STEPS = "opportunities", "opportunity_history"
# A deal without a step counts too.
APART = """
with ends as (
    select opportunity_id, arg_max(stage, changed_at) as stage from read_parquet({steps}) group by opportunity_id
)
select count(*), count(*) filter (deals.stage is distinct from ends.stage)
from read_parquet({deals}) as deals left join ends using (opportunity_id)
"""


def deals_stand_where_their_history_ends(history: History) -> Seen:
    """The newest exports of Salesforce's opportunities and of their history, against the ones certified before."""
    known = known_files(history.before)
    now = _newest(history.files)
    before = _newest(file for file in history.files if file.file_id in known)
    if now == before or len(before) < len((DEALS, STEPS)):
        return NO_HISTORY
    (deals, apart), (_, apart_before) = (_apart(history, pair) for pair in (now, before))
    wrong = f"{now[DEALS].name}: {apart:,} of {deals:,} deals are in another stage than {now[STEPS].name} says"
    return Seen([f"{wrong}, {apart_before:,} were before"] if apart > apart_before + FEW else [])


def _newest(files: Iterable[Manifest]) -> dict[str, Manifest]:
    of_deals = [file for file in files if file.source == "salesforce" and file.stream in (DEALS, STEPS)]
    return {str(file.stream): file for file in sorted(of_deals, key=lambda file: (file.exported_at or "", file.name))}


def _apart(history: History, pair: dict[str, Manifest]) -> tuple[int, int]:
    [(deals, apart)] = history.rows(
        APART.format(deals=part_of(history, pair[DEALS]), steps=part_of(history, pair[STEPS]))
    )
    return deals, apart


GUARDS = [
    Guard(
        "histories.deals_stand_where_they_end",
        "a deal of Salesforce is in the stage in which its history ends, as deals were before",
        deals_stand_where_their_history_ends,
        "export opportunities and their history again at the same time, whole and unopened",
        owner="sales operations",
    ),
]
