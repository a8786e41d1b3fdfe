with versions as (select * from {{ ref("int_rule_versions") }})

select
    -- keys
    rule,
    version,

    -- dimensions
    rule || ' ' || version as rule_version,
    cast(version_no as bigint) as version_no,
    valid_from,
    cast(valid_before - 1 as date) as valid_to,
    version_no > 1 as is_series_break,
    note
from versions
