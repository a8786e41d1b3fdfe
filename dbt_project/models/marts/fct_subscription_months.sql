select
    -- keys
    changes.customer_id,
    changes.period as month,

    -- dimensions
    changes.change,
    referrals.referral,

    -- measures
    {{ money("changes.start_mrr") }} as start_mrr,
    {{ money("changes.kept_mrr - changes.start_mrr") }} as mrr_change,
    {{ money("changes.end_mrr - changes.kept_mrr") }} as fx_change,
    {{ money("changes.end_mrr") }} as end_mrr
from {{ ref("int_mrr_changes") }} as changes
left join
    {{ ref("int_customer_referrals") }} as referrals on changes.customer_id = referrals.customer_id
where changes.grain = 'month' and changes.span = 'period'
