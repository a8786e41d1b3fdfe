with

    agreement as (select * from {{ ref("kpi_crm_agreement") }}),
    objects as (select * from agreement where side = 'both'),
    fields as (select * from {{ ref("int_crm_field_agreement") }}),

    -- Shares of the pairs and records that are there on as_of.
    snapshots as (
        {% for variant, records in [("", "records"), ("eligible_", "records - pending")] %}
            select
                'match_rate' as kpi,
                '{{ variant }}' || case when side = 'both' then 'dice' else side end as variant,
                'object' as dimension,
                object as member,
                matched as numerator,
                case when match_rate is not null then {{ records }} end as denominator,
                {{ records }} as n
            from agreement
            union all
        {%- endfor %}
        select
            'agreement_rate',
            '',
            'object',
            object,
            agreeing_settled_pairs,
            settled_pairs,
            settled_pairs
        from objects
        union all
        select 'agreement_rate', 'all_pairs', 'object', object, agreeing_pairs, pairs, pairs
        from objects
        union all
        select
            'agreement_rate',
            '',
            'object+field',
            object || '+' || field,
            agreeing_pairs,
            compared_pairs,
            compared_pairs
        from fields
        union all
        select
            'freshness',
            '',
            'source+object',
            source || '+' || object,
            age_seconds,
            case when age_seconds is not null then 3600 end,
            records
        from {{ ref("int_crm_freshness") }}
    ),

    -- They stand for the whole, and for the month that as_of lies in: what the teams promised is
    -- judged by month.
    grains as (
        select 'all' as grain, cast(null as date) as period
        union all
        select 'month', {{ period_start("month", as_of_date()) }}
    )

select
    snapshots.kpi,
    snapshots.variant,
    grains.grain,
    grains.period,
    snapshots.dimension,
    snapshots.member,
    cast(snapshots.numerator as decimal(28, 8)) as numerator,
    cast(snapshots.denominator as decimal(28, 8)) as denominator,
    cast(snapshots.n as bigint) as n,
    true as is_mature
from snapshots
cross join grains
union all
select
    'platform_overclaim',
    case when platform = '' then 'all_platforms' else '' end,
    grain,
    period,
    case when platform = '' then '' else 'platform' end,
    platform,
    cast(claimed as decimal(28, 8)),
    cast(
        case
            when claimed is not null then case when platform = '' then crm_wins else mapped end
        end as decimal(28, 8)
    ),
    case when platform = '' then crm_wins else mapped end,
    true
from {{ ref("int_platform_claims") }}
union all
select
    'cpl',
    'platform',
    grain,
    period,
    'platform',
    platform,
    cast(spend_with_leads as decimal(28, 8)),
    cast(claimed_leads as decimal(28, 8)),
    claimed_leads,
    true
from {{ ref("int_platform_claims") }}
where spend_with_leads is not null
