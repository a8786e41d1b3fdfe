{{ config(meta={
    "identity": "G3",
    "owner": "data team",
    "remedy": "The calendar has a gap or a day in two fiscal periods: check fiscal_year_start_month and week_start "
        ~ "in duet.yml, then rebuild dim_date."
}) }}

with

    days as (
        select dim_date.*, lead(date_day) over (order by date_day) as next_day
        from {{ ref("dim_date") }} as dim_date
    )

select date_day, next_day, fiscal_quarter, fiscal_year, iso_year, iso_week
from days
where
    next_day <> cast(date_day + 1 as date)
    or date_day < fiscal_quarter
    or date_day >= {{ months_later("fiscal_quarter", 3) }}
    or date_day < fiscal_year
    or date_day >= {{ months_later("fiscal_year", 12) }}
    or extract(month from fiscal_year) <> {{ var("fiscal_year_start_month") }}
    or iso_week not between 1
    and 53
    -- The ISO year differs from the calendar year only around New Year.
    or abs(iso_year - extract(year from date_day)) > 1
    or (iso_year <> extract(year from date_day) and iso_week not in (1, 52, 53))
