{{ config(meta={
    "identity": "M1",
    "owner": "finance",
    "remedy": "The category shown is not in seeds/balance_categories.csv: add it there and say what it is; other where it "
        ~ "is neither revenue, refund, dispute nor fee. Category null: a charge, refund or dispute that names no charge."
}) }}

select category, class, currency, count(*) as movements, sum(gross) as gross
from {{ ref("int_stripe__movements") }}
where class is null or (class = 'revenue' and charge_id is null)
group by 1, 2, 3
