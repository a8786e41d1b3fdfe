with stages as (select * from {{ ref("int_stages") }} where stage_no is not null)

select
    earlier.stage || '>' || later.stage as stage_pair,
    earlier.stage as from_stage,
    later.stage as to_stage
from stages as earlier
inner join stages as later on later.stage_no > earlier.stage_no
-- Every step of the funnel, and the hand-over from marketing to sales as a whole.
where later.stage_no = earlier.stage_no + 1 or (earlier.stage = 'mql' and later.stage = 'sql')
