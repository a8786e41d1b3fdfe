with

    rules as (select * from {{ ref("channel_rules") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    named as (
        select
            budgets.*,
            {{ local_date("budgets.approved_at") }} as approved_on,
            row_number() over (
                partition by budgets.line, budgets.period_start, budgets.period_end
                order by
                    budgets.approved_at nulls first,
                    budgets.exported_at nulls first,
                    budgets.file_id,
                    budgets.file_row
            ) as version_no
        from
            {{ newest(ref("stg_template__budgets"), ["line", "period_start", "period_end", "coalesce(budget_version, '')", "approved_at"]) }}
            as budgets
    ),

    approved as (select * from named where approved_on <= {{ as_of_date() }}),

    -- A newer plan of a line replaces every older one that speaks of one of its days: a year that
    -- is
    -- planned again by month must not count twice.
    replaced as (
        select
            older.line,
            older.period_start,
            older.period_end,
            older.version_no,
            min(newer.approved_on) as replaced_on
        from approved as older
        inner join
            approved as newer
            on older.line = newer.line
            and older.period_start <= newer.period_end
            and newer.period_start <= older.period_end
            and (
                older.approved_at < newer.approved_at
                or (
                    older.approved_at = newer.approved_at
                    and older.period_start = newer.period_start
                    and older.period_end = newer.period_end
                    and older.version_no < newer.version_no
                )
            )
        group by 1, 2, 3, 4
    ),

    described as (
        select
            named.line,
            named.period_start,
            named.period_end,
            named.version_no,
            named.budget_version,
            named.approved_on,
            replaced.replaced_on,
            case
                when named.approved_on is null
                then 'draft'
                when named.approved_on > {{ as_of_date() }}
                then 'not_yet'
                when replaced.replaced_on is not null
                then 'replaced'
                else 'in_force'
            end as status,
            case
                when named.channel is not null
                then {{ channel_of("names.channel", "others.channel", "named.channel") }}
            end as channel,
            coalesce(named.pool, 'media') as pool,
            named.purpose,
            coalesce(named.curve, 'even') as curve,
            named.currency,
            named.amount as amount_in_currency,
            -- The rate of its approval stays: a plan must not move with the exchange rate.
            least(coalesce(named.approved_on, {{ as_of_date() }}), {{ as_of_date() }}) as rate_date,
            named.file_id,
            named.file_row
        from named
        left join
            replaced
            on named.line = replaced.line
            and named.period_start = replaced.period_start
            and named.period_end = replaced.period_end
            and named.version_no = replaced.version_no
        left join
            rules as names
            on names.source = 'template'
            and names.field = 'channel'
            and lower(trim(named.channel)) = names.value
        left join
            rules as others
            on others.source = 'template'
            and others.field = 'channel'
            and others.value = '*'
    ),

    rated as (
        select described.*, {{ fx_rate("described.currency", "fx_days.rate") }} as fx_rate
        from described
        left join
            fx_days
            on described.currency = fx_days.currency
            and described.rate_date = fx_days.rate_date
    )

select rated.*, {{ at_rate("amount_in_currency", "fx_rate") }} as amount
from rated
