{% set levels = 10 %}
with

    account_ids as (select * from {{ ref("int_salesforce__account_ids") }}),

    -- The account that is left of the merged ones says whose child all of them are.
    salesforce_parents as (
        select
            account_ids.account_id,
            coalesce(
                min(case when accounts.master_record_key is null then accounts.parent_key end),
                min(accounts.parent_key)
            ) as parent_key
        from account_ids
        inner join
            {{ ref("int_salesforce__accounts") }} as accounts
            on account_ids.account_key = accounts.account_key
        group by account_ids.account_id
    ),

    known as (
        select
            'salesforce_account' as source,
            account_ids.account_key,
            account_ids.account_id,
            coalesce(parents.account_id, salesforce_parents.parent_key) as parent_id
        from account_ids
        inner join salesforce_parents on account_ids.account_id = salesforce_parents.account_id
        left join account_ids as parents on salesforce_parents.parent_key = parents.account_key
        union all
        select
            'hubspot_company',
            'company:' || company_id,
            'company:' || first_id,
            cast(null as string)
        from {{ ref("int_hubspot__company_ids") }}
        union all
        select 'template_customer', customer_key, customer_key, parent_customer_key
        from {{ ref("int_template__customers") }}
    ),

    links as (
        select distinct account_id, parent_id
        from known
        where parent_id is not null and parent_id <> account_id
    ),

    -- One level a round. Whoever has not arrived after the last one climbs in a circle.
    climbed as (
        {% for level in range(levels) %}
            select
                below_{{ level }}.account_id,
                coalesce(links_{{ level }}.parent_id, below_{{ level }}.top_id) as top_id
            from (
        {% endfor %}select account_id, account_id as top_id from links
        {% for level in range(levels) | reverse %}
                ) as below_{{ level }}
            left join
                links as links_{{ level }}
                on below_{{ level }}.top_id = links_{{ level }}.account_id
        {% endfor %}
    ),

    arrived as (
        select climbed.account_id, climbed.top_id, links.account_id is null as has_arrived
        from climbed
        left join links on climbed.top_id = links.account_id
    )

select
    known.account_key,
    known.source,
    known.account_id,
    links.parent_id,
    case when arrived.has_arrived then arrived.top_id else known.account_id end as top_id,
    {% if var("customers")["roll_up_to_parent"] -%}
        case when arrived.has_arrived then arrived.top_id else known.account_id end
    {%- else -%} known.account_id
    {%- endif %} as customer_id,
    coalesce(not arrived.has_arrived, false) as is_in_circle
from known
left join links on known.account_id = links.account_id
left join arrived on known.account_id = arrived.account_id
