"""Records that a CRM deleted or no longer has, all at once."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History

GONE = """
with records as (
    select 'people' as subject, source, record_key as id, role = 'tombstone' as is_deleted, 'online' as side
    from online.marts.bridge_person_records
    union all
    select 'people', source, record_key, role = 'tombstone', 'candidate' from candidate.marts.bridge_person_records
    union all
    select 'deals', source, record_id, fate = 'deleted', 'online' from online.marts.bridge_deal_records
    union all
    select 'deals', source, record_id, fate = 'deleted', 'candidate' from candidate.marts.bridge_deal_records
),
living as (select subject, source, id from records where side = 'online' and not is_deleted),
alive as (select subject, source, id from records where side = 'candidate' and not is_deleted),
counts as (
    select subject, source, count(*) as records, count(*) filter (alive.id is null) as gone
    from living left join alive using (subject, source, id)
    group by subject, source
)
select subject, source, records, gone from counts
where gone > $few and gone > records * $share
order by all
"""
# So many may go on any day.
FEW = 9


def few_records_go_at_once(history: History) -> Seen:
    """Records that counted as living in the version online, and that are deleted or not there now."""
    if not history.knows("bridge_person_records", "bridge_deal_records"):
        return NO_HISTORY
    return Seen(
        [
            f"{source}: {gone:,} of {records:,} records of {subject} are deleted or gone"
            for subject, source, records, gone in history.rows(GONE, few=FEW, share=history.rules.gate.deleted_share)
        ]
    )


GUARDS = [
    Guard(
        "deletions.few_records_go_at_once",
        "no export deletes more than a few per cent of a CRM's records",
        few_records_go_at_once,
        "ask who deleted them; if the export was filtered, export it again; approve it after a clean-up",
        owner="sales operations",
    ),
]
