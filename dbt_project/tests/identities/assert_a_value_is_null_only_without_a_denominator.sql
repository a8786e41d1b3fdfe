{{ config(meta={
    "identity": "G4",
    "owner": "data team",
    "remedy": "A KPI divides by nothing or hides a value: correct the model that int_kpi_values_money or "
        ~ "int_kpi_values_funnel reads it from."
}) }}

-- The last line catches what a division by next to nothing leaves behind.
select kpi, variant, grain, period, dimension, member, value, numerator, denominator
from {{ ref("kpi_values") }}
where (value is null) <> (denominator is null or denominator = 0) or abs(value) > 1000000000000000
