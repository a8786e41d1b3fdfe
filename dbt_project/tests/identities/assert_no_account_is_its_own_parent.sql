{{ config(meta={
    "identity": "F8",
    "owner": "sales operations",
    "remedy": "The parents of an account lead back to itself, or through more than ten levels. Correct the parent of the"
        ~ " account shown in the CRM or the customer list."
}) }}

select account_key as what
from {{ ref("bridge_accounts") }}
where is_in_circle
