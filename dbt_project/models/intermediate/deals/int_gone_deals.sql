with

    reports as (select * from {{ ref("int_deal_reports") }}),

    gone as (
        select
            reports.*,
            greatest(
                coalesce(reports.updated_at, reports.exported_at, reports.created_at),
                reports.created_at
            ) as gone_at
        from reports
        where
            reports.gone_as is not null
            and {{ local_date("reports.created_at") }} <= {{ as_of_date() }}
    ),

    -- What another system has under its own id was never a deal of its own.
    copies as (
        select distinct gone.source, gone.source_opportunity_id
        from gone
        inner join
            reports
            on gone.external_id = reports.source_opportunity_id
            and gone.source <> reports.source
    )

select
    gone.source || ':' || gone.source_opportunity_id as opportunity_id,
    gone.source,
    gone.source_opportunity_id,
    'deleted' as status,
    coalesce(types.opportunity_type, 'new') as opportunity_type,
    gone.created_at,
    gone.gone_at as closed_at,
    gone.amount,
    coalesce(gone.currency, '{{ var("reporting_currency") }}') as currency,
    coalesce(owners.owner, gone.owner) as owner,
    gone.account_key,
    gone.customer_key,
    gone.channel
from gone
left join
    copies
    on gone.source = copies.source
    and gone.source_opportunity_id = copies.source_opportunity_id
left join {{ ref("deal_types") }} as types on gone.type_value = types.value
left join {{ ref("int_owners") }} as owners on gone.owner = owners.alias
where copies.source is null and {{ local_date("gone.gone_at") }} <= {{ as_of_date() }}
