select
    -- period and cut
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- amounts
    {{ money("open_start") }} as open_start,
    {{ money("created") }} as created,
    {{ money("reopened") }} as reopened,
    {{ money("amount_changed") }} as amount_changes,
    {{ money("revalued") }} as fx_revaluation,
    {{ money("-won") }} as won,
    {{ money("-lost") }} as lost,
    {{ money("-deleted") }} as deleted,
    {{ money("open_end") }} as open_end,

    -- deals
    open_deals_start,
    open_deals_end
from {{ ref("int_pipeline_periods") }}
