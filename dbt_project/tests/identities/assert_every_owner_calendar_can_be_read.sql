{{ config(meta={
    "identity": "F5",
    "owner": "sales operations",
    "remedy": "Correct the row of seeds/owner_calendars.csv: hours are written HH:MM and end after they begin (24:00 is the "
        ~ "end of the day), days are mon to sun and holidays YYYY-MM-DD, joined with semicolons and no spaces."
}) }}

{% set hour = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)" %}
{% set day = "(mon|tue|wed|thu|fri|sat|sun)" %}
{% set holiday = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]" %}

select *
from {{ ref("int_owner_calendars") }}
where
    opens >= closes
    or regexp_extract(opens, '^({{ hour }})$', 1) <> opens
    or regexp_extract(closes, '^({{ hour }})$', 1) <> closes
    or regexp_extract(days, '^({{ day }}(;{{ day }})*)$', 1) <> days
    or regexp_extract(holidays, '^({{ holiday }}(;{{ holiday }})*)$', 1) <> holidays
