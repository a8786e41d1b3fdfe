with

    leads as (
        select persons.customer_id, min(stages.reached_date) as lead_date
        from {{ ref("int_person_stages") }} as stages
        inner join
            {{ ref("int_funnel_persons") }} as persons on stages.person_id = persons.person_id
        where stages.stage_no = 1
        group by persons.customer_id
    )

select
    customers.customer_id,
    {{ period_start("month", "customers.became_customer_date") }} as won_month,
    {{ period_start("month", "leads.lead_date") }} as lead_month,
    cast(
        {{ months_between_starts("leads.lead_date", "customers.became_customer_date") }} as bigint
    ) as lag_months
from {{ ref("int_customers") }} as customers
left join
    leads
    on customers.customer_id = leads.customer_id
    and leads.lead_date <= customers.became_customer_date
