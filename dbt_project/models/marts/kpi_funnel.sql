with counts as (select * from {{ ref("int_funnel_counts") }})

select
    -- period and cut
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- persons
    {{ funnel_count("lead") }} as leads,
    {{ funnel_count("mql") }} as mqls,
    {{ funnel_count("sal") }} as sals,
    {{ funnel_count("sql") }} as sqls,

    -- cycles
    {{ funnel_count("mql_cycles") }} as mql_cycles,
    {{ funnel_count("re_mqls") }} as re_mqls,

    -- deals
    {{ funnel_count("opportunities") }} as opportunities,
    {{ funnel_count("won_deals") }} as won_deals
from counts
group by grain, period, dimension, member, is_complete
