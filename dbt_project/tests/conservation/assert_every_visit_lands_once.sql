{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "A visit is missing from the touches, or a touch from nowhere: see int_web_events, int_touch_channels and "
        ~ "int_web_touches for the visitor shown. A seed of channel rules must have an answer for every visit."
}) }}

with

    visited as (
        select source, visitor_key, count(distinct session_id) as sessions
        from {{ ref("int_web_events") }}
        where is_visit
        group by source, visitor_key
    ),

    touched as (
        select source, visitor_key, count(*) as touches
        from {{ ref("int_web_touches") }}
        group by source, visitor_key
    )

select
    coalesce(visited.source, touched.source) as source,
    coalesce(visited.visitor_key, touched.visitor_key) as visitor_key,
    visited.sessions,
    touched.touches
from visited
full outer join
    touched on visited.source = touched.source and visited.visitor_key = touched.visitor_key
where
    visited.visitor_key is null or touched.visitor_key is null or touched.touches < visited.sessions
