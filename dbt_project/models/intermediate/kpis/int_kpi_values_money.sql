select *
from {{ ref("int_kpi_values_media") }}
union all
select *
from {{ ref("int_kpi_values_cac") }}
union all
select *
from {{ ref("int_kpi_values_margin") }}
union all
select *
from {{ ref("int_kpi_values_break_even") }}
union all
select *
from {{ ref("int_kpi_values_budgets") }}
