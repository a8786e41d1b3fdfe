with

    active as (select * from {{ ref("int_active_spells") }}),
    spans as (select * from {{ ref("int_retention_spans") }}),

    -- Few kinds of spells, however many customers have them.
    spells as (
        select first_month, last_month, count(*) as customers
        from active
        group by first_month, last_month
    ),

    returns as (
        select
            earlier.first_month,
            earlier.last_month,
            later.first_month as return_month,
            later.last_month as last_month_again,
            count(*) as customers
        from active as earlier
        inner join
            active as later
            on earlier.customer_id = later.customer_id
            and earlier.spell_number < later.spell_number
        group by 1, 2, 3, 4
    ),

    counted as (
        select
            spans.span,
            spans.grain,
            spans.period,
            sum(
                case
                    when spans.start_month between spells.first_month and spells.last_month
                    then spells.customers
                end
            ) as active_start,
            sum(
                case
                    when spans.end_month between spells.first_month and spells.last_month
                    then spells.customers
                end
            ) as active_end,
            sum(
                case
                    when
                        spells.first_month <= spans.start_month
                        and spells.last_month >= spans.end_month
                    then spells.customers
                end
            ) as stayed
        from spans
        left join
            spells
            on spells.first_month <= spans.end_month
            and spells.last_month >= spans.start_month
        group by spans.span, spans.grain, spans.period
    ),

    -- Point to point: who lapsed and came back within the span is not lost.
    returned as (
        select spans.span, spans.grain, spans.period, sum(returns.customers) as customers
        from spans
        inner join
            returns
            on spans.start_month between returns.first_month and returns.last_month
            and spans.end_month between returns.return_month and returns.last_month_again
        group by spans.span, spans.grain, spans.period
    )

select
    counted.span,
    counted.grain,
    counted.period,
    cast(coalesce(counted.active_start, 0) as bigint) as active_start,
    cast(coalesce(counted.active_end, 0) as bigint) as active_end,
    cast(
        coalesce(counted.active_start, 0)
        - coalesce(counted.stayed, 0)
        - coalesce(returned.customers, 0) as bigint
    ) as lapsed
from counted
left join
    returned
    on counted.span = returned.span
    and counted.grain = returned.grain
    and counted.period is not distinct from returned.period
