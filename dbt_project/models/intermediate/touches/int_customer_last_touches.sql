{{ config(compared=true) }}

with

    customers as (
        select
            customer_id, {{ became_customer("first_order_date", "first_won_date") }} as became_date
        from {{ ref("int_first_purchases") }}
    ),

    touches as (
        select
            persons.customer_id,
            touches.touch_id,
            touches.touched_at,
            touches.touch_date,
            touches.channel,
            touches.campaign
        from {{ ref("int_touches") }} as touches
        inner join {{ ref("int_persons") }} as persons on touches.person_id = persons.person_id
    ),

    ranked as (
        select
            touches.customer_id,
            touches.channel,
            touches.campaign,
            row_number() over (
                partition by touches.customer_id
                order by
                    -- Whether a visit that nothing led to counts less is a rule of the house.
                    case
                        when
                            {{ var("attribution")["exclude_direct"] }}
                            and touches.channel = 'direct'
                        then 1
                        else 0
                    end,
                    touches.touched_at desc,
                    touches.touch_id desc
            ) as newest_first
        from touches
        inner join customers on touches.customer_id = customers.customer_id
        where
            touches.touch_date <= customers.became_date
            and touches.touch_date
            >= customers.became_date - {{ var("attribution")["lookback_days"] }}
            and touches.channel <> '(unknown)'
    )

select customer_id, channel as touch_channel, campaign as touch_campaign
from ranked
where newest_first = 1
