with

    facts as (
        select stage as measure, reached_date as fact_date, channel
        from {{ ref("int_person_stages") }}
        union all
        select 'mql_cycles', opened_date, channel
        from {{ ref("int_mql_cycles") }}
        union all
        select 're_mqls', opened_date, channel
        from {{ ref("int_mql_cycles") }}
        where cycle_no > 1
        union all
        select 'opportunities', created_date, channel
        from {{ ref("int_opportunities") }}
        where opportunity_type = 'new'
        union all
        select 'won_deals', closed_date, channel
        from {{ ref("int_opportunities") }}
        where opportunity_type = 'new' and status = 'won'
    )

select measure, fact_date, channel, count(*) as entities
from facts
group by measure, fact_date, channel
