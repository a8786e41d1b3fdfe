select
    deal_id,
    email_key,
    organization_key,
    lower(trim(status)) as status,
    pipeline,
    stage,
    currency,
    created_at,
    coalesce(
        case when lower(trim(status)) = 'won' then won_at end,
        case when lower(trim(status)) = 'lost' then lost_at end,
        closed_at
    ) as closed_at,
    updated_at,
    owner,
    deal_source,
    amount,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_pipedrive__deals"), ["deal_id"], "updated_at") }} as current_rows
