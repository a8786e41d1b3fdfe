with

    documents as (
        select *
        from
            {{
                newest(
                    ref("stg_quickbooks__transactions"),
                    ["kind", "transaction_id"],
                    "updated_at",
                )
            }} as current_rows
        where not coalesce(is_deleted, false)
    ),

    lines as (
        select *
        from
            {{
                newest(
                    ref("stg_quickbooks__transaction_lines"),
                    ["kind", "transaction_id", "line_number"],
                    "synced_at",
                )
            }} as current_rows
    ),

    accounts as (
        select *
        from
            {{ newest(ref("stg_quickbooks__accounts"), ["account_id"], "updated_at") }}
            as current_rows
    ),

    items as (
        select *
        from {{ newest(ref("stg_quickbooks__items"), ["item_id"], "updated_at") }} as current_rows
    )

select
    documents.day,
    coalesce(accounts.account, '(unknown account)') as account,
    case
        when accounts.account_type = 'Cost of Goods Sold'
        then 'cogs'
        when accounts.classification = 'Expense'
        then 'expense'
        when accounts.account_id is not null
        then 'other'
    end as class,
    -- Amounts of the books have no sign: the document gives it to them.
    case
        when lines.posting_type = 'credit' or documents.is_credit
        then - lines.amount
        when lines.kind = 'vendor_credit'
        then - lines.amount
        else lines.amount
    end as amount,
    documents.currency,
    lines.file_id,
    lines.file_row
from lines
inner join
    documents on lines.kind = documents.kind and lines.transaction_id = documents.transaction_id
left join items on lines.item_id = items.item_id
left join
    accounts
    -- What is kept in stock is no cost yet.
    on coalesce(lines.account_id, items.asset_account_id, items.expense_account_id)
    = accounts.account_id
where lines.amount is not null
