with

    entries as (
        select source, report as form, day, account, class, amount, currency, file_id, file_row
        from {{ ref("int_ledger_rows") }}
        union all
        select 'quickbooks', 'connector', day, account, class, amount, currency, file_id, file_row
        from {{ ref("int_quickbooks__entries") }}
    ),

    -- A general ledger does not say what kind an account is; another form of the same books may.
    classes as (
        select source, lower(account) as name, min(class) as class
        from entries
        where class is not null
        group by 1, 2
    ),

    ranked as (
        select
            entries.*,
            {{ period_start("month", "entries.day") }} as month,
            case form when 'profit_and_loss' then 1 when 'connector' then 2 else 3 end as form_rank
        from entries
    ),

    chosen as (
        select ranked.*, min(form_rank) over (partition by source, month) as first_rank from ranked
    )

select
    chosen.source,
    chosen.form,
    chosen.month,
    chosen.account,
    coalesce(chosen.class, classes.class) as class,
    cast(coalesce(chosen.amount, 0) as decimal(20, 6)) as amount,
    coalesce(
        chosen.currency,
        case
            chosen.source
            when 'xero'
            then {{ declared_currency("xero") }}
            else {{ declared_currency("quickbooks") }}
        end
    ) as currency,
    chosen.form_rank = chosen.first_rank as is_current,
    chosen.file_id,
    chosen.file_row
from chosen
left join classes on chosen.source = classes.source and lower(chosen.account) = classes.name
