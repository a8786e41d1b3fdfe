{%- set event = [
    "visitor_key", "happened_at", "event_name", "bundle_sequence_id", "batch_page_id", "batch_ordering_id",
    "batch_event_index",
] %}
with

    events as (select * from {{ ref("stg_ga4__events") }}),

    daily_days as (
        select distinct coalesce(stream_id, '') as stream_id, event_date
        from events
        where not coalesce(is_intraday, false)
    ),

    -- The table of the running day gives way to the daily one, as a whole.
    current_days as (
        select events.*
        from events
        left join
            daily_days
            on events.event_date = daily_days.event_date
            and coalesce(events.stream_id, '') = daily_days.stream_id
        where not coalesce(events.is_intraday, false) or daily_days.event_date is null
    )

select
    md5(
        concat_ws(
            '|',
            {% for part in event %}
                coalesce(cast({{ part }} as string), '') {{ "," if not loop.last }}
            {% endfor %}
        )
    ) as event_key,
    visitor_key,
    user_key,
    session_id,
    event_name,
    happened_at,
    event_date,
    page_url,
    referrer_host,
    utm_source,
    utm_medium,
    utm_campaign,
    gclid,
    dclid,
    file_id,
    file_row,
    exported_at
from {{ newest("current_days", event) }} as current_rows
