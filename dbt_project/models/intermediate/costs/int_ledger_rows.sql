with

    landed as (
        select 'quickbooks' as source, quickbooks.*
        from {{ ref("stg_quickbooks__ledger_rows") }} as quickbooks
        union all
        select 'xero', xero.*
        from {{ ref("stg_xero__ledger_rows") }} as xero
    ),

    covered as (
        select distinct source, report, period_start, period_end, file_id, exported_at from landed
    )

-- A newer report of the same kind that covers the day has replaced the row.
select landed.*
from landed
where
    not exists (
        select 1
        from covered
        where
            covered.source = landed.source
            and covered.report = landed.report
            and landed.day between covered.period_start and covered.period_end
            and (
                covered.exported_at > landed.exported_at
                or (covered.exported_at = landed.exported_at and covered.file_id > landed.file_id)
            )
    )
