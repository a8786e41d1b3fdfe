with

    deals as (select * from {{ ref("int_all_opportunities") }}),

    reports as (
        select
            deals.opportunity_id,
            deals.created_at,
            reports.amount,
            reports.seen_at,
            reports.preference
        from {{ ref("int_deal_amount_reports") }} as reports
        inner join
            deals
            on reports.source = deals.source
            and reports.source_opportunity_id = deals.source_opportunity_id
        union all
        select opportunity_id, created_at, amount_at_creation, timestamp '1900-01-01 00:00:00', 0
        from deals
        where amount_at_creation is not null
    ),

    compared as (
        select
            reports.*,
            lag(amount) over (
                partition by opportunity_id order by seen_at, preference, amount
            ) as amount_before
        from reports
    ),

    numbered as (
        select
            compared.*,
            row_number() over (
                partition by opportunity_id order by seen_at, preference, amount
            ) as version_no
        from compared
        where amount_before is null or amount <> amount_before
    ),

    -- The earliest amount known holds from the creation on, whenever it was seen.
    dated as (
        select
            numbered.*,
            case
                when version_no = 1 then created_at else greatest(seen_at, created_at)
            end as valid_from
        from numbered
        where version_no = 1 or {{ local_date("seen_at") }} <= {{ as_of_date() }}
    )

select
    opportunity_id,
    version_no,
    amount,
    coalesce(amount_before, cast(0 as decimal(20, 6))) as amount_before,
    valid_from,
    lead(valid_from) over (partition by opportunity_id order by version_no) as valid_before,
    case
        when preference = 0
        then 'stated'
        when {{ seconds_between("created_at", "seen_at") }} <= 7 * 86400
        then 'first_week'
        else 'earliest_known'
    end as evidence
from dated
