with

    rules as (select * from {{ ref("commitment_rules") }}),
    kpi_values as (select * from {{ ref("int_commitment_values") }}),
    months as (
        select period as month, max(period_last_day) as last_day, max(is_complete) as is_complete
        from {{ ref("int_periods") }}
        where grain = 'month'
        group by period
    ),

    targets as (select * from {{ ref("int_kpi_targets") }} where channel is null),

    judged as (
        select
            rules.commitment,
            rules.owner_team,
            rules.comparison,
            months.month,
            months.last_day as due_date,
            months.is_complete,
            kpi_values.value,
            kpi_values.is_mature,
            coalesce(rules.threshold, targets.target) as threshold
        from rules
        cross join months
        left join
            kpi_values
            on rules.commitment = kpi_values.commitment
            and months.month = kpi_values.month
        left join
            targets
            on rules.threshold is null
            and rules.kpi = targets.kpi
            and coalesce(rules.variant, '') = coalesce(targets.variant, rules.variant, '')
            and months.month = targets.period_start
            and months.last_day = targets.period_end
    ),

    computed as (
        select
            commitment,
            owner_team,
            month,
            due_date,
            'computed' as basis,
            case
                when not is_complete
                then 'month_not_over'
                when threshold is null
                then 'no_target'
                when value is null
                then 'no_value'
                when not is_mature
                then 'not_mature'
            end as not_due_because,
            case
                when comparison = 'at_most' then value <= threshold else value >= threshold
            end as holds,
            value,
            threshold,
            cast(null as string) as note
        from judged
    ),

    told as (
        select
            commitment,
            owner_team,
            cast({{ period_start("month", "due_date") }} as date),
            due_date,
            'told',
            case
                when due_date > {{ as_of_date() }}
                then 'not_due_yet'
                -- A blank cell is unknown, neither kept nor broken.
                when is_kept is null
                then 'not_reported'
            end,
            is_kept,
            cast(null as decimal(28, 8)),
            cast(null as decimal(28, 8)),
            note
        from
            {{ newest(ref("stg_template__commitments"), ["commitment", "owner_team", "due_date"]) }}
            as current_commitments
    ),

    commitments as (
        select *
        from computed
        union all
        select *
        from told
    )

select
    commitment,
    owner_team,
    month,
    due_date,
    basis,
    not_due_because is null as is_due,
    coalesce(not_due_because is null and holds, false) as is_kept,
    not_due_because,
    value,
    threshold,
    note
from commitments
