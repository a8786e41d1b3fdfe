{{ config(severity="warn", meta={
    "identity": "C4",
    "owner": "data team",
    "remedy": "The source has not told of a change of the object shown for longer than sources.<source>.max_age_days of "
        ~ "duet.yml, or has no row of it: export it again, and look at the connector where it exports by itself."
}) }}

select source, object, records, last_changed_at, age_hours, max_age_days
from {{ ref("kpi_crm_freshness") }}
where is_late
