{{ config(meta={
    "identity": "P2",
    "owner": "data team",
    "remedy": "In the period shown more pipeline was influenced than created, or the channels influenced less than all "
        ~ "of them together. Look at int_pipeline_influence; a deal with an amount below zero does it too."
}) }}

with

    kpis as (select * from {{ ref("int_kpi_values_pipeline") }} where variant = ''),

    sides as (
        select
            grain,
            period,
            sum(
                case when kpi = 'pipeline_created' and dimension = '' then numerator else 0 end
            ) as created,
            sum(
                case when kpi = 'pipeline_influenced' and dimension = '' then numerator else 0 end
            ) as influenced,
            sum(case when dimension = 'touch_channel' then numerator else 0 end) as of_channels
        from kpis
        where kpi in ('pipeline_created', 'pipeline_influenced')
        group by grain, period
    )

select *
from sides
where influenced > created or of_channels < influenced
