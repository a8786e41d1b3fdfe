{{ config(meta={
    "identity": "S3",
    "owner": "data team",
    "remedy": "CPC or CTR no longer multiplies back to spend or clicks: both sides must come from the same rows of "
        ~ "int_media_periods."
}) }}

select kpi, grain, period, dimension, member, value, numerator, denominator
from {{ ref("kpi_values") }}
where
    kpi in ('cpc', 'ctr')
    and abs(cast(value as double) * cast(denominator as double) - cast(numerator as double))
    > 0.000001 * cast(numerator as double) + 0.00000001 * cast(denominator as double)
