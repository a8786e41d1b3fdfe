with

    facts as (
        select distinct source_word, medium_word, click_parameter, referrer_host
        from {{ ref("int_web_events") }}
    ),

    tags as (
        select
            facts.source_word,
            facts.medium_word,
            rules.channel,
            rules.is_paid,
            row_number() over (
                partition by facts.source_word, facts.medium_word order by rules.rank
            ) as rule_number
        from (select distinct source_word, medium_word from facts) as facts
        inner join
            {{ ref("utm_rules") }} as rules
            on {{ fits_patterns("facts.source_word", "rules.source") }}
            and {{ fits_patterns("facts.medium_word", "rules.medium") }}
        where facts.source_word <> '' or facts.medium_word <> ''
    ),

    hosts as (
        select
            facts.referrer_host,
            rules.channel,
            row_number() over (partition by facts.referrer_host order by rules.rank) as rule_number
        from (select distinct referrer_host from facts) as facts
        inner join
            {{ ref("referrer_rules") }} as rules
            on {{ fits_patterns("facts.referrer_host", "rules.host") }}
        where facts.referrer_host <> ''
    ),

    known as (
        select
            facts.*,
            tags.channel as tagged_channel,
            click_ids.channel as clicked_channel,
            hosts.channel as host_channel,
            coalesce(click_ids.proves_paid, false) as is_proven_paid,
            coalesce(tags.is_paid, false)
            and position(concat('|', tags.channel, '|') in concat('|', click_ids.narrower, '|'))
            > 0 as is_narrower,
            facts.source_word <> '' or facts.medium_word <> '' as is_tagged
        from facts
        left join
            tags
            on facts.source_word = tags.source_word
            and facts.medium_word = tags.medium_word
            and tags.rule_number = 1
        left join {{ ref("click_ids") }} as click_ids on facts.click_parameter = click_ids.parameter
        left join hosts on facts.referrer_host = hosts.referrer_host and hosts.rule_number = 1
    )

select
    source_word,
    medium_word,
    click_parameter,
    referrer_host,
    case
        when is_proven_paid and is_narrower
        then tagged_channel
        when is_proven_paid
        then clicked_channel
        else
            coalesce(
                tagged_channel,
                clicked_channel,
                case when is_tagged then '(unknown)' end,
                host_channel,
                'direct'
            )
    end as channel,
    case
        when is_proven_paid
        then 'click_id'
        when tagged_channel is not null
        then 'tags'
        when clicked_channel is not null
        then 'click_id'
        when is_tagged
        then 'tags'
        when host_channel is not null
        then 'referrer'
        else 'nothing'
    end as decided_by
from known
