with

    users as (
        select user_id as owner_id, email_key, name_key, 1 as preference
        from {{ newest(ref("stg_salesforce__users"), ["user_id"], "updated_at") }} as current_users
        union all
        select owner_id, email_key, name_key, 2
        from {{ newest(ref("stg_hubspot__owners"), ["owner_id"], "updated_at") }} as current_owners
    ),

    -- A colleague has an id in each system; the address says that both are one.
    known as (
        select
            users.*,
            first_value(owner_id) over (
                partition by coalesce(email_key, owner_id) order by preference, owner_id
            ) as first_id
        from users
    ),

    aliases as (
        select owner_id as alias, first_id
        from known
        union all
        select email_key, first_id
        from known
        where email_key is not null
        union all
        select name_key, first_id
        from known
        where name_key is not null
    )

-- Two colleagues of one name stay apart: the name alone does not say which of them is meant.
select alias, min(first_id) as owner
from aliases
group by alias
having min(first_id) = max(first_id)
