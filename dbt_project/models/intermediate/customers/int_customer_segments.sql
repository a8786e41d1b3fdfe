{{ config(compared=true) }}

with

    template_segments as (
        select ids.customer_id, max(trim(details.segment)) as segment
        from {{ ref("int_template_customer_ids") }} as ids
        inner join
            {{ ref("int_template__customers") }} as details
            on ids.customer_key = details.customer_key
        where trim(details.segment) <> ''
        group by ids.customer_id
    ),

    account_segments as (
        select
            account_ids.customer_id,
            -- Rolled up, the parent says what the house of accounts is.
            coalesce(
                max(
                    case
                        when account_ids.account_id = account_ids.customer_id
                        then trim(accounts.industry)
                    end
                ),
                max(trim(accounts.industry))
            ) as segment
        from {{ ref("int_salesforce__accounts") }} as accounts
        inner join
            {{ ref("int_accounts") }} as account_ids
            on accounts.account_key = account_ids.account_key
        where trim(accounts.industry) <> '' and not coalesce(accounts.is_deleted, false)
        group by account_ids.customer_id
    )

select
    coalesce(template_segments.customer_id, account_segments.customer_id) as customer_id,
    coalesce(template_segments.segment, account_segments.segment) as segment
from template_segments
full outer join account_segments on template_segments.customer_id = account_segments.customer_id
