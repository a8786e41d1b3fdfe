with

    coverage as (select * from {{ ref("int_ad_coverage") }} where spend_date <= {{ as_of_date() }}),

    export_days as (select * from {{ ref("int_ad_export_days") }}),
    current_exports as (select * from {{ ref("int_ad_current_exports") }}),
    accounts as (select * from {{ ref("int_ad_accounts") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    -- An export that covers a day without a row says zero in every currency that the day was ever
    -- reported in.
    day_currencies as (
        select distinct source, account_key, breakdown, spend_date, currency from export_days
    ),

    known as (
        select
            coverage.source,
            coverage.platform,
            coverage.account_id,
            coverage.account_key,
            coverage.breakdown,
            coverage.spend_date,
            case
                when day_currencies.source is null
                then coalesce(accounts.currency, {{ declared_currency_of("coverage.source") }})
                else day_currencies.currency
            end as currency,
            coverage.file_id,
            coverage.exported_at
        from coverage
        left join
            day_currencies
            on coverage.source = day_currencies.source
            and coverage.account_key = day_currencies.account_key
            and coverage.breakdown = day_currencies.breakdown
            and coverage.spend_date = day_currencies.spend_date
        left join
            accounts
            on coverage.source = accounts.source
            and coverage.account_id = accounts.account_id
    ),

    figures as (
        select
            known.*,
            case
                when export_days.file_id is null then 0 else export_days.spend
            end as spend_in_currency,
            case
                when export_days.file_id is null then 0 else export_days.impressions
            end as impressions,
            case when export_days.file_id is null then 0 else export_days.clicks end as clicks,
            case
                when export_days.file_id is null then 0 else export_days.conversions
            end as conversions,
            coalesce(export_days.report_rows, 0) as report_rows,
            {{ fx_rate("known.currency", "fx_days.rate") }} as fx_rate
        from known
        left join
            export_days
            on known.source = export_days.source
            and known.account_key = export_days.account_key
            and known.breakdown = export_days.breakdown
            and known.spend_date = export_days.spend_date
            and known.file_id = export_days.file_id
            and known.currency is not distinct from export_days.currency
        left join
            fx_days on known.currency = fx_days.currency and known.spend_date = fx_days.rate_date
    )

select
    -- keys
    figures.source,
    figures.platform,
    figures.account_id,
    figures.account_key,
    figures.breakdown,
    figures.spend_date,
    figures.currency,
    figures.file_id,

    -- dimensions
    figures.exported_at as known_from,
    lead(figures.exported_at) over ledger as superseded_at,
    lead(figures.file_id) over ledger is null as is_current,
    coalesce(feeding.is_feeding, false) as is_feeding,
    cast(row_number() over ledger as bigint) as export_number,
    {{ days_between("figures.spend_date", local_date("figures.exported_at")) }} as age_days,

    -- measures
    cast(figures.spend_in_currency as decimal(20, 6)) as spend_in_currency,
    {{ at_rate("figures.spend_in_currency", "figures.fx_rate") }} as spend,
    cast(figures.impressions as bigint) as impressions,
    cast(figures.clicks as bigint) as clicks,
    cast(figures.conversions as decimal(20, 6)) as conversions,
    cast(
        figures.spend_in_currency - lag(figures.spend_in_currency) over ledger as decimal(20, 6)
    ) as spend_in_currency_change,
    cast(
        {{ at_rate("figures.spend_in_currency", "figures.fx_rate") }}
        - lag({{ at_rate("figures.spend_in_currency", "figures.fx_rate") }}) over ledger as decimal(
            20, 6
        )
    ) as spend_change,
    cast(
        figures.impressions - lag(figures.impressions) over ledger as bigint
    ) as impressions_change,
    cast(figures.clicks - lag(figures.clicks) over ledger as bigint) as clicks_change,
    cast(
        figures.conversions - lag(figures.conversions) over ledger as decimal(20, 6)
    ) as conversions_change,
    cast(figures.report_rows as bigint) as report_rows
from figures
left join
    (select * from current_exports where is_feeding) as feeding
    on figures.source = feeding.source
    and figures.account_key = feeding.account_key
    and figures.breakdown = feeding.breakdown
    and figures.spend_date = feeding.spend_date
window
    ledger as (
        partition by
            figures.source,
            figures.account_key,
            figures.breakdown,
            figures.spend_date,
            figures.currency
        order by figures.exported_at asc nulls first, figures.file_id
    )
