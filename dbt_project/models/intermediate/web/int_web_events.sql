with

    click_ids as (select * from {{ ref("click_ids") }}),

    ga4 as (
        select
            'ga4' as source,
            event_key,
            visitor_key,
            user_key,
            cast(null as string) as email_key,
            session_id,
            true as is_visit,
            happened_at,
            page_url,
            referrer_host,
            utm_source,
            utm_medium,
            utm_campaign,
            case
                when {{ tag_text("gclid") }} is not null
                then 'gclid'
                when {{ tag_text("dclid") }} is not null
                then 'dclid'
            end as click_parameter
        from {{ ref("int_ga4__events") }}
    ),

    segment as (
        select
            'segment' as source,
            event_key,
            visitor_key,
            user_key,
            email_key,
            session_id,
            call_type in ('page', 'screen', 'track') as is_visit,
            happened_at,
            page_url,
            referrer_host,
            utm_source,
            utm_medium,
            utm_campaign,
            case when {{ tag_text("gclid") }} is not null then 'gclid' end as click_parameter
        from {{ ref("int_segment__events") }}
    ),

    snowplow as (
        select
            'snowplow' as source,
            events.event_key,
            events.visitor_key,
            events.user_key,
            cast(null as string) as email_key,
            events.session_id,
            true as is_visit,
            events.happened_at,
            events.page_url,
            events.referrer_host,
            events.utm_source,
            events.utm_medium,
            events.utm_campaign,
            case when events.click_id is not null then networks.parameter end as click_parameter
        from {{ ref("int_snowplow__events") }} as events
        left join click_ids as networks on lower(events.click_network) = networks.network
    ),

    events as (
        select *
        from ga4
        union all
        select *
        from segment
        union all
        select *
        from snowplow
    ),

    tagged as (
        select
            events.*,
            coalesce(
                {{ tag_text("utm_source") }}, {{ url_parameter("page_url", "utm_source") }}
            ) as source_tag,
            coalesce(
                {{ tag_text("utm_medium") }}, {{ url_parameter("page_url", "utm_medium") }}
            ) as medium_tag,
            coalesce(
                {{ tag_text("utm_campaign") }}, {{ url_parameter("page_url", "utm_campaign") }}
            ) as campaign_tag,
            {{ bare_host("referrer_host") }} as host_before,
            {{ url_host("page_url") }} as own_host
        from events
        where visitor_key is not null and {{ local_date("happened_at") }} <= {{ as_of_date() }}
    ),

    -- The name in the address says whose the id is, whatever the field it was copied to and
    -- however short it was cut.
    addresses as (
        select
            events.source,
            events.event_key,
            click_ids.parameter,
            row_number() over (
                partition by events.source, events.event_key order by click_ids.rank
            ) as strongest_first
        from events
        inner join
            click_ids
            on position(
                concat('&', click_ids.parameter, '=') in replace(lower(events.page_url), '?', '&')
            )
            > 0
    )

select
    tagged.source,
    tagged.source || ':' || tagged.event_key as event_id,
    tagged.visitor_key,
    tagged.user_key,
    tagged.email_key,
    tagged.session_id,
    tagged.is_visit,
    tagged.happened_at,
    {{ tag_word("tagged.source_tag") }} as source_word,
    {{ tag_word("tagged.medium_tag") }} as medium_word,
    {{ tag_text("tagged.campaign_tag") }} as campaign,
    coalesce(addresses.parameter, tagged.click_parameter, '') as click_parameter,
    case
        when tagged.host_before <> coalesce(tagged.own_host, '') then tagged.host_before else ''
    end as referrer_host
from tagged
left join
    addresses
    on tagged.source = addresses.source
    and tagged.event_key = addresses.event_key
    and addresses.strongest_first = 1
