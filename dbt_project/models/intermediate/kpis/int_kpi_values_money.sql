select *
from {{ ref("int_kpi_values_media") }}
union all
select *
from {{ ref("int_kpi_values_cac") }}
union all
select *
from {{ ref("int_kpi_values_acquisition") }}
union all
select *
from {{ ref("int_kpi_values_margin") }}
union all
select *
from {{ ref("int_kpi_values_break_even") }}
union all
select *
from {{ ref("int_kpi_values_retention") }}
union all
select *
from {{ ref("int_kpi_values_efficiency") }}
union all
select *
from {{ ref("int_kpi_values_budgets") }}
