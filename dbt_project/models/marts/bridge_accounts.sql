select
    -- keys
    accounts.account_key,
    coalesce(template_customers.customer_id, accounts.customer_id) as customer_id,

    -- dimensions
    accounts.source,
    accounts.account_id,
    accounts.parent_id as parent_account_id,
    accounts.top_id as ultimate_parent_id,
    accounts.is_in_circle
from {{ ref("int_accounts") }} as accounts
left join
    {{ ref("int_template_customer_ids") }} as template_customers
    on accounts.account_key = template_customers.customer_key
