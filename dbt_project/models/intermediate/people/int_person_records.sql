with

    resolved as (
        select records.*, components.component_id
        from {{ ref("int_records") }} as records
        inner join
            {{ ref("int_person_components") }} as components
            on records.record_no = components.record_no
            and records.record_no = components.token_no
    ),

    flagged_components as (
        -- Spam in one system is spam in all; a record that was merged away speaks for itself only.
        select component_id, min(flagged_as) as flagged_as
        from resolved
        where flagged_as is not null and not is_merged_away
        group by component_id
    ),

    judged as (
        select
            resolved.*,
            case
                when resolved.flagged_as is not null
                then resolved.flagged_as
                when flagged_components.flagged_as is not null
                then flagged_components.flagged_as
                when resolved.created_at >= {{ as_of_end() }}
                then 'not_yet_created'
            end as exclusion_reason
        from resolved
        left join flagged_components on resolved.component_id = flagged_components.component_id
    )

select
    record_key,
    record_no,
    source,
    component_id,
    case when exclusion_reason is null then component_id end as person_id,
    exclusion_reason,
    created_at,
    channel,
    account_key,
    customer_key,
    is_merged_away,
    is_converted,
    is_deleted,
    last_seen_at,
    file_id,
    file_row
from judged
