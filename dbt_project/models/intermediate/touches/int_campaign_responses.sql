with

    members as (select * from {{ ref("int_salesforce__campaign_members") }}),
    campaigns as (select * from {{ ref("int_salesforce__campaigns") }}),
    person_keys as (select * from {{ ref("int_person_keys") }}),
    rules as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'salesforce' and field = 'campaign_type'
    )

select
    'salesforce:' || members.campaign_member_id as touch_id,
    'salesforce' as source,
    coalesce(contacts.person_id, leads.person_id) as person_id,
    case
        when members.first_responded_date is null
        then members.created_at
        else {{ local_midnight("members.first_responded_date") }}
    end as touched_at,
    {{ channel_of("named.channel", "others.channel", "campaigns.campaign_type") }} as channel,
    campaigns.campaign_name as campaign
from members
left join campaigns on members.campaign_id = campaigns.campaign_id
left join rules as named on lower(trim(campaigns.campaign_type)) = named.value
left join rules as others on others.value = '*'
left join person_keys as contacts on {{ key_number("members.contact_key") }} = contacts.key_no
left join person_keys as leads on {{ key_number("members.lead_key") }} = leads.key_no
where
    not coalesce(members.is_deleted, false)
    and (members.has_responded or members.first_responded_date is not null)
