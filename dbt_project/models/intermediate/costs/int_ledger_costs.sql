with

    entries as (
        select
            source,
            month,
            account,
            class,
            currency,
            cast(sum(amount) as decimal(20, 6)) as amount,
            cast(count(*) as bigint) as entries,
            max(file_id) as file_id,
            min(file_row) as file_row
        from {{ ref("int_ledger_entries") }}
        where is_current and coalesce(class, 'expense') in ('expense', 'cogs')
        group by 1, 2, 3, 4, 5
    ),

    rules as (select * from {{ ref("account_pools") }}),

    accounts as (select distinct source, account from entries),

    matched as (
        select
            accounts.source,
            accounts.account,
            rules.pool,
            rules.purpose,
            rules.is_fixed,
            rules.is_counted,
            rules.months,
            row_number() over (
                partition by accounts.source, accounts.account
                order by
                    case when rules.source = accounts.source then 0 else 1 end,
                    length(rules.account) desc,
                    rules.account
            ) as choice
        from accounts
        inner join
            rules
            on rules.source in (accounts.source, '*')
            and lower(trim(accounts.account)) like rules.account
    ),

    entry_months as (select distinct month from entries),

    template_pools as (
        select distinct costs.pool, entry_months.month
        from {{ ref("int_template__costs") }} as costs
        inner join
            entry_months
            on entry_months.month >= costs.month
            and entry_months.month < {{ months_later("costs.month", "costs.months") }}
    )

select
    entries.source,
    entries.month,
    entries.account,
    entries.class,
    coalesce(
        matched.pool, case when entries.class = 'cogs' then 'order_costs' else '(unmapped)' end
    ) as pool,
    matched.purpose,
    coalesce(matched.is_fixed, false) as is_fixed,
    -- Cost of goods comes from orders; a template speaks for its pool and month.
    coalesce(matched.is_counted, coalesce(entries.class, '') <> 'cogs')
    and template_pools.pool is null as is_counted,
    entries.currency,
    entries.amount,
    coalesce(matched.months, 1) as months,
    entries.entries,
    entries.file_id,
    entries.file_row
from entries
left join
    matched
    on entries.source = matched.source
    and entries.account = matched.account
    and matched.choice = 1
left join
    template_pools on matched.pool = template_pools.pool and entries.month = template_pools.month
