{{ config(severity="warn", meta={
    "identity": "K1 subscribers",
    "owner": "sales operations",
    "remedy": "The customer pays by the month and has no paid order and no won deal, so no CAC counts it. Land the invoices (orders "
        ~ "template or Stripe) or the deal that it signed, under the same customer_id or e-mail address."
}) }}

select
    subscribers.customer_id,
    min(subscribers.month) as first_month,
    max(subscribers.file_id) as file_id
from {{ ref("int_subscription_mrr") }} as subscribers
left join {{ ref("dim_customers") }} as customers on subscribers.customer_id = customers.customer_id
where subscribers.mrr > 0 and customers.customer_id is null
group by subscribers.customer_id
