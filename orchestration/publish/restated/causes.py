"""Why a fact differs between two versions, fact by fact: the first of these that holds."""

from dataclasses import dataclass
from datetime import date

CAUSES = {
    "late_data": "arrived after the earlier version: rows of days that it already covered",
    "restatement": "a newer export says another figure of the same day, order or cost",
    "withdrawn": "a file was taken back",
    "refund": "paid back after the earlier version's last day",
    "merge": "records of people were merged, or told apart",
    "exclusion": "people were marked as spam or test, or no longer are",
    "reclassified": "the same fact counts for another channel, group or segment",
    "rate": "the exchange rate of the day was corrected",
    "definition": "rules, seeds or models changed",
    "maturing": "the cohort was still being followed",
    "unexplained": "no row tells why",
}


@dataclass(frozen=True)
class Circumstances:
    """What is known of two versions as a whole."""

    as_of_before: date
    as_of_moved: bool
    definition_changed: bool
    files_changed: bool
    files_withdrawn: bool

    @property
    def is_definition_alone(self) -> bool:
        """Whether nothing but rules, seeds or models can have moved a fact of a day that was over."""
        return self.definition_changed and not self.files_changed


PAIRED = """
create or replace temp table paired as
with sides as (
    select 'before' as side, * from facts_before
    union all
    select 'after' as side, * from facts_after
),
joined as (
    select kind, fact, measure, day, is_monthly, channel, source_group, segment,
        any_value(known_by) as known_by,
        sum(case when side = 'before' then base end) as base_before,
        sum(case when side = 'after' then base end) as base_after,
        sum(case when side = 'before' then converted end) as converted_before,
        sum(case when side = 'after' then converted end) as converted_after,
        coalesce(sum(case when side = 'before' then amount end), 0) as amount_before,
        coalesce(sum(case when side = 'after' then amount end), 0) as amount_after
    from sides
    group by all
)
select *,
    max(case when base_before is not null then 1 else 0 end) over (partition by kind, fact) = 1 as was_there,
    max(case when base_after is not null then 1 else 0 end) over (partition by kind, fact) = 1 as is_there,
    coalesce(sum(base_before) over fact_measure, 0) as all_before,
    coalesce(sum(base_after) over fact_measure, 0) as all_after,
    min(case when base_before is not null then day end) over fact_measure as day_before,
    min(case when base_after is not null then day end) over fact_measure as day_after
from joined
window fact_measure as (partition by kind, fact, measure)
qualify amount_before <> amount_after
"""

# Half a thousandth of a cent of any currency is the noise of converting back.
SAME_BASE = "abs(coalesce(base_after, 0) - coalesce(base_before, 0)) < 0.0005"
BOTH = "base_before is not null and base_after is not null"
RATE_MOVED = """
    case kind when 'order_costs' then converted_after <> converted_before
        else abs(
            (converted_after / nullif(base_after, 0)) / nullif(converted_before / nullif(base_before, 0), 0) - 1
        ) > 1e-6
    end
"""

CAUSED = f"""
create or replace temp table caused as
with named as (
    select paired.*,
        case
            when kind in ('customers', 'persons', 'cycles') and fact in (select fact from touched) then 'merge'
            when kind in ('persons', 'cycles') and fact in (select person_id from excluded) then 'exclusion'
            when not is_there then case when $withdrawn then 'withdrawn' else 'restatement' end
            when kind = 'refunds' and not was_there and cast(known_by as date) > $as_of_before then 'refund'
            when not was_there
            then case
                when (kind, known_by) in (select (kind, known_by) from known) then 'restatement' else 'late_data'
            end
            when not ({BOTH}) and day_before = day_after and abs(all_before - all_after) < 0.0005 then 'reclassified'
            when kind in ('customers', 'persons', 'cycles')
            then case when day_before is null or day_after < day_before then 'late_data' else 'restatement' end
            else 'restatement'
        end as data_cause
    from paired
),
parts as (
    select *,
        amount_after - amount_before as moved,
        case
            when not ({BOTH}) then amount_after - amount_before
            when {SAME_BASE} then 0
            when {RATE_MOVED} and base_before <> 0 and kind <> 'order_costs'
            then cast(cast(amount_before as double) * (base_after / base_before) as decimal(28, 6)) - amount_before
            else amount_after - amount_before
        end as by_data,
        case
            when not ({BOTH}) then data_cause
            when {SAME_BASE} and abs(converted_after - converted_before) < 0.0000005
            then case when kind in ('spend', 'costs', 'customers') then 'reclassified' else 'unexplained' end
            else 'rate'
        end as other_cause
    from named
),
effects as (
    select kind, measure, day, is_monthly, channel, source_group, segment, data_cause as cause, by_data as amount
    from parts
    union all
    select kind, measure, day, is_monthly, channel, source_group, segment, other_cause, moved - by_data from parts
)
select measure, day, is_monthly, channel, source_group, segment,
    case
        when $definition_alone and cause in ('late_data', 'restatement', 'withdrawn', 'reclassified') then 'definition'
        when $definition_changed and cause in ('reclassified', 'unexplained') then 'definition'
        else cause
    end as cause,
    cast(sum(amount) as decimal(28, 6)) as amount
from effects
where amount <> 0
group by all
"""

# Persons of one version whose records belong to another person in the other, and the customers that they are.
TOUCHED = """
create or replace temp table touched as
with moved as (
    select earlier.person_id::varchar as person_before, later.person_id::varchar as person_after
    from before.marts.bridge_person_records as earlier
    inner join after.marts.bridge_person_records as later using (record_key)
    where earlier.person_id::varchar <> later.person_id::varchar
),
persons as (select person_before as person_id from moved union select person_after from moved)
select person_id as fact from persons
union
select customer_id from before.marts.dim_persons where person_id::varchar in (select person_id from persons)
union
select customer_id from after.marts.dim_persons where person_id::varchar in (select person_id from persons)
"""
EXCLUDED = """
create or replace temp table excluded as
select earlier.person_id::varchar as person_id
from before.marts.dim_persons as earlier
inner join after.marts.dim_persons as later on earlier.person_id::varchar = later.person_id::varchar
where earlier.is_excluded <> later.is_excluded
"""
# An account's day is known once any export covers it; a template's once its channel has a row of it.
KNOWN = """
create or replace temp table known as
select 'spend' as kind, concat_ws('|', source, platform, account_id, spend_date) as known_by
from before.marts.fct_spend_history where source <> 'template'
union
select kind, known_by from facts_before where kind in ('spend', 'costs')
"""
