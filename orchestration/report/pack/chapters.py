"""What the pack tells beside its tiles, each chapter from the mart that has it; a chapter without rows is left out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.report.pack.numbers import figure

# One query a chapter, in the order in which their columns are embedded. Months unless the chapter says otherwise.
QUERIES = {
    # Steps from revenue to CM3, in the order in which they are taken off.
    "margin": """
        select grain, period, dimension, member, net_revenue, -cogs as cogs, cm1, -variable_cost as variable_cost, cm2,
            -direct_marketing as direct_marketing, cm3, orders_missing_cost
        from marts.kpi_contribution_margin
        where basis = 'order_basis' and grain in ('week', 'month') and dimension in ('', 'channel', 'segment')
        order by grain, period, dimension, member
        """,
    "break_even": """
        select grain, period, cm2, cost_to_cover, units, break_even_units, break_even_units_left, margin_of_safety,
            break_even_date, sustained_break_even_date, break_even_cac
        from marts.kpi_break_even where dimension = '' and grain in ('month', 'year') order by grain, period
        """,
    # CAC and break-even CAC of every channel; the page marks months with few customers.
    "channels": """
        select cac.period, cac.member as channel, cac.value as cac, cac.numerator as spend, cac.n as customers,
            even.value as break_even_cac
        from marts.kpi_values as cac
        left join marts.kpi_values as even
            on even.kpi = 'break_even_cac' and even.variant = '' and even.grain = 'month'
            and even.dimension = 'channel' and even.member = cac.member and even.period = cac.period
        where cac.kpi = 'cac_channel' and cac.variant = 'last_touch' and cac.grain = 'month'
            and cac.member in (
                select member from marts.kpi_values
                where kpi = 'cac_channel' and variant = 'last_touch' and grain = 'month' and numerator <> 0
            )
        order by cac.period, cac.member
        """,
    "funnel": """
        select grain, period, split_part(member, '+', 1) as stage_pair, numerator, denominator, is_mature
        from marts.kpi_values
        where kpi = 'stage_conversion_rate' and variant = 'cohort_person' and dimension = 'stage_pair'
            and grain in ('week', 'month') and denominator <> 0
        order by grain, period, member
        """,
    "curves": """
        select period, day, incidence, cohort_size
        from marts.kpi_conversion_curve
        where basis = 'cycle' and dimension = '' and grain = 'month' and incidence is not null
            and period > (select max(as_of) from marts.kpi_values) - interval 7 month
        order by period, day
        """,
    "handoff": """
        select grain, period, numerator, denominator from marts.kpi_values
        where kpi = 'sla_attainment' and dimension = '' and grain in ('week', 'month') and denominator <> 0
        order by grain, period
        """,
    "budgets": """
        select line, period_start, period_end, is_complete, budget, planned_to_date, actual_to_date, committed,
            forecast_eop, pacing_index, required_daily_spend, days_left
        from marts.kpi_budget_pacing order by period_start, line
        """,
    "targets": """
        select kpi, variant, member, grain, period_start, actual, target, target_to_date, is_on_target
        from marts.kpi_target_attainment where not_measured_because is null order by period_start, kpi, variant, member
        """,
    "pipeline": """
        select grain, period, open_start, created, reopened, amount_changes, fx_revaluation, -won as won,
            -lost as lost, -deleted as deleted, open_end
        from marts.kpi_pipeline_bridge where dimension = '' and grain in ('week', 'month') order by grain, period
        """,
    "agreement": """
        select object, side, records, matched, ambiguous, pending, missing, match_rate, agreement_rate
        from marts.kpi_crm_agreement order by object, side
        """,
    "gaps": """
        select status, marketing_amount, only_in_marketing, only_in_sales, ambiguous, pending, amount_differences,
            currency_differences, rate_differences, status_differences, sales_amount
        from marts.kpi_crm_gap order by status
        """,
    "variance": """
        select kpi, grain, period, compared_with, compared_period, decomposition, effect, member, value_before,
            value_after, contribution
        from marts.kpi_variance
        where grain = 'month' and compared_with = 'previous_period' and contribution is not null
            and kpi in ('cac_blended_media', 'cm3', 'stage_conversion_rate')
            and decomposition in ('mix_rate', 'margin') and contribution <> 0
            and period > (select max(as_of) from marts.kpi_values) - interval 13 month
        order by kpi, period, effect, member
        """,
    "restatements": """
        select version_before, kpi, variant, grain, period, dimension, member, unit, value_before, value_after, delta,
            cause, contribution
        from marts.kpi_restatements where grain in ('month') and dimension = '' order by period desc, kpi, cause
        """,
    "promises": """
        select month, owner_team, commitment, due_date, is_due, is_kept, value, threshold, not_due_because
        from marts.kpi_alignment order by month, owner_team, commitment
        """,
    "decisions": """
        select decision, owner_team, decided_date, due_date, closed_date, note
        from marts.fct_decisions order by decided_date, decision_id
        """,
    "owner": """
        select month, position, measure, member, kpi, value, n, unit, is_complete
        from marts.kpi_owner_pack order by month, position, member
        """,
    "sources": """
        select source, stream, min(window_start) as first_day, max(window_end) as last_day, count(*) as files,
            sum(rows_in_file) as rows, sum(rows_rejected) as rejected
        from marts.ops_files where status = 'loaded' group by source, stream order by source, stream
        """,
    "checks": """
        select "check", fact, severity, owner, remedy, observed from marts.ops_checks
        where not coalesce(passed, false) order by severity, "check"
        """,
}


def read_chapters(conn: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """Columns and rows of every chapter that has any."""
    chapters = {}
    for name, sql in QUERIES.items():
        found = conn.execute(sql)
        columns = [column[0] for column in found.description or []]
        if rows := [[_cell(value) for value in row] for row in found.fetchall()]:
            chapters[name] = {"columns": columns, "rows": rows}
    return chapters


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return figure(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value
