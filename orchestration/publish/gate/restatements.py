"""Figures of days that were closed and now say something else."""

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen, of_few
from orchestration.publish.gate.history import History, account_days

# A template is somebody's own sheet: who corrects it means it. Platforms correct by a few per cent.
SHRUNK = """
with exports as (
    select source, account_key, breakdown, currency, spend_date, file_id, age_days, is_current,
        spend_in_currency as spend, impressions, report_rows,
        lag(spend_in_currency) over ledger as earlier_spend,
        lag(impressions) over ledger as earlier_impressions,
        lag(report_rows) over ledger as earlier_rows,
        lag(age_days) over ledger as earlier_age
    from candidate.marts.fct_spend_history
    window ledger as (
        partition by source, account_key, breakdown, currency, spend_date order by export_number
    )
),
smaller as (
    select *, spend < earlier_spend * (1 - $share) or (
            report_rows < earlier_rows and impressions < earlier_impressions * (1 - $share)
        ) as is_smaller
    from exports
    where is_current and source <> 'template' and file_id in (from fresh_files) and earlier_age > 0
)
select file_id, source, account_key, min(spend_date), max(spend_date), count(*),
    sum(earlier_spend), sum(spend), sum(earlier_rows), sum(report_rows)
from smaller where is_smaller
group by all
order by all
"""
# A day that was not there before is late, not moved; one that is gone is missing.
MOVED = """
with shares as (
    select source, account_key, min(spend_date) as first_day, max(spend_date) as last_day, count(*) as days,
        sum(abs(days.spend - days_before.spend)) * 1.0 / nullif(sum(days_before.spend), 0) as spend,
        sum(abs(days.impressions - days_before.impressions)) * 1.0
            / nullif(sum(days_before.impressions), 0) as impressions,
        -- Invalid clicks are taken back, also those that cost nothing: twice as much as the money.
        sum(abs(days.clicks - days_before.clicks)) * 0.5 / nullif(sum(days_before.clicks), 0) as clicks
    from days inner join days_before using (source, account_key, currency, spend_date)
    where source <> 'template' and spend_date <= $closed_until
        and (days.spend, days.impressions, days.clicks)
            is distinct from (days_before.spend, days_before.impressions, days_before.clicks)
    group by source, account_key
)
select source, account_key, first_day, last_day, days, greatest(spend, impressions, clicks)
from shares
where greatest(spend, impressions, clicks) > $share
order by all
"""
# An answer comes late, a customer turns out to be an old one, a deal is deleted; orders of a closed month are there.
BY_FEW = ("speed_to_lead", "break_even_cac", "pipeline_created", "open_pipeline")
# What a meeting reads of closed months, but differences of large numbers, which move by their own size. A quotient has
# moved where one of its two parts did, and what hangs on few records where more than one or two of them moved it.
CLOSED_KPIS = f"""
with headline as (
    select * from (values
        ('spend', '', ''), ('leads', '', ''), ('mqls', '', ''), ('sqls', '', ''), ('throughput_ratio', '', 'mql>sql'),
        ('speed_to_lead', 'business_median', ''), ('sla_attainment', '', ''), ('pipeline_created', '', ''),
        ('open_pipeline', '', ''), ('win_rate', '', ''), ('won', 'new_customers', ''), ('cac_blended_media', '', ''),
        ('cac_paid', 'last_touch', ''), ('cac_fully_loaded', '', ''), ('net_revenue', 'order_basis', ''),
        ('cm1', 'order_basis', ''), ('cm2', 'order_basis', ''), ('break_even_cac', '', ''), ('break_even_roas', '', ''),
        ('alignment_commitments', '', '')
    ) as names(kpi, variant, member)
),
closed as (
    select kpi, variant, period, earlier.value as earlier, coalesce(later.value, 0) as later, greatest(
            abs(coalesce(later.numerator, 0) - coalesce(earlier.numerator, 0)),
            abs(coalesce(later.denominator, 0) - coalesce(earlier.denominator, 0))
        ) as moved,
        {of_few("earlier", BY_FEW)} as of_few
    from online.marts.kpi_values as earlier
    semi join headline using (kpi, variant, member)
    left join candidate.marts.kpi_values as later using (kpi, variant, grain, period, dimension, member)
    where grain = 'month' and (dimension = '' or dimension = 'stage_pair') and earlier.is_complete
        and last_day(period) <= $closed_until
        and earlier.value is not null
)
select kpi, variant, min(period), max(period), count(*), arg_max(earlier, abs(later - earlier)),
    arg_max(later, abs(later - earlier))
from closed
where abs(later - earlier) > abs(earlier) * greatest($share, of_few) and moved > $few
group by kpi, variant
order by all
"""


def no_closed_day_shrinks(history: History) -> Seen:
    """Each day of a new ad export against the export before, where that was made after the day."""
    names = {file.file_id: file.name for file in history.files}
    found = history.rows(SHRUNK, share=history.rules.gate.shrunk_share)
    return Seen(
        [
            f"{names.get(file_id, file_id)}: {source} {account} has less than the export before, {days} days "
            f"from {first} to {last}: spend {now or 0:,.2f} instead of {was or 0:,.2f}, rows {rows} instead of {had}"
            for file_id, source, account, first, last, days, was, now, had, rows in found
        ]
    )


def closed_days_move_little(history: History) -> Seen:
    """How much the closed days of each ad account moved, all changes counted as they are, up or down."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    share = history.rules.gate.restated_share
    found = history.rows(MOVED, share=share, closed_until=history.closed_until)
    return Seen(
        [
            f"{source} {account}: {days} closed days from {first} to {last} moved by {float(moved):.1%}"
            for source, account, first, last, days, moved in found
        ]
    )


def closed_months_move_little(history: History) -> Seen:
    """The headline KPIs of months that were closed."""
    if not history.knows("kpi_values"):
        return NO_HISTORY
    share = history.rules.gate.restated_kpi_share
    found = history.rows(CLOSED_KPIS, share=share, few=FEW, closed_until=history.closed_until)
    return Seen(
        [
            f"{kpi}{f' ({variant})' if variant else ''}: {was:,.2f} was certified and is {now:,.2f} now, "
            f"{months} {'month' if months == 1 else 'months'} from {first}"
            for kpi, variant, first, _, months, was, now in found
        ]
    )


GUARDS = [
    Guard(
        "restatement.no_closed_day_shrinks",
        "an ad export made again has no less of a day that was over than the one before",
        no_closed_day_shrinks,
        "export it again with all campaigns, removed ones too; approve it if the platform took money back",
        owner="marketing",
    ),
    Guard(
        "restatement.closed_days_move_little",
        "closed days of an ad account move by no more than a platform's own corrections",
        closed_days_move_little,
        "compare with the platform's page; if the export is wrong, take it back: `duet forget FILE`; else approve it",
        owner="marketing",
    ),
    Guard(
        "restatement.closed_months_move_little",
        "headline KPIs of closed months stay what was certified, within a few per cent",
        closed_months_move_little,
        "find out what came late or was redefined; approve it, and `duet diff previous online` tells everybody why",
        owner="finance",
    ),
]
