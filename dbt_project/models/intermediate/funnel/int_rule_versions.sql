with versions as (select * from {{ ref("rule_versions") }})

select
    rule,
    version,
    valid_from,
    lead(valid_from) over (partition by rule order by valid_from) as valid_before,
    row_number() over (partition by rule order by valid_from) as version_no,
    note
from versions
