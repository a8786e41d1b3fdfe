{{ config(meta={
    "identity": "C2",
    "owner": "data team",
    "remedy": "The records shown are the partner of several records, or of one that has another partner. Look at the "
        ~ "keys that they share in int_crm_deal_keys: records with several partners are ambiguous, not matched."
}) }}

with matched as (select * from {{ ref("int_crm_matches") }} where bucket = 'matched')

select matched.object, matched.partner_no, count(*) as matches
from matched
left join
    matched as partners
    on matched.object = partners.object
    and matched.partner_no = partners.record_no
    and matched.record_no = partners.partner_no
    and matched.system_kind <> partners.system_kind
group by matched.object, matched.partner_no
having count(*) > 1 or count(partners.record_no) = 0
