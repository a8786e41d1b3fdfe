with

    tellings as (select distinct evidence, source, reason, owner from {{ ref("int_dated_stages") }})

-- Of tellings of the same event the first one stays: one with a stamp of its own before others.
select
    row_number() over (
        order by
            case
                tellings.evidence
                when 'timestamp'
                then 1
                when 'history'
                then 2
                when 'snapshot'
                then 3
                else 4
            end,
            tellings.source,
            tellings.reason nulls last,
            tellings.owner nulls last
    ) as telling_no,
    tellings.evidence,
    tellings.source,
    tellings.reason,
    tellings.owner as told_owner,
    coalesce(owners.owner, tellings.owner) as owner
from tellings
left join {{ ref("int_owners") }} as owners on tellings.owner = owners.alias
