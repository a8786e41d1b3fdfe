{{ config(meta={
    "identity": "C3",
    "owner": "data team",
    "remedy": "The parts of the gap do not add up to it: a deal is in none of the parts of int_crm_gap_parts, or in two. "
        ~ "Compare them with the open and won deals of int_crm_records."
}) }}

with

    explained as (
        select
            kpi_crm_gap.*,
            only_in_marketing
            + only_in_sales
            + ambiguous
            + pending
            + amount_differences
            + currency_differences
            + rate_differences
            + status_differences as parts
        from {{ ref("kpi_crm_gap") }} as kpi_crm_gap
    )

select status, marketing_amount, sales_amount, gap, parts
from explained
where abs(gap - parts) > 0.01
