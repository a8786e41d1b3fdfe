{{ config(meta={
    "identity": "C1",
    "owner": "data team",
    "remedy": "Records of the object and side shown are in no bucket or in two: compare int_crm_records with "
        ~ "int_crm_matches, which must hold each of them once."
}) }}

with

    records as (
        select object, system_kind as side, count(*) as records
        from {{ ref("int_crm_records") }}
        group by object, system_kind
    )

select
    agreement.object,
    agreement.side,
    records.records,
    agreement.matched,
    agreement.ambiguous,
    agreement.pending,
    agreement.missing
from {{ ref("kpi_crm_agreement") }} as agreement
left join records on agreement.object = records.object and agreement.side = records.side
where
    agreement.side <> 'both'
    and coalesce(records.records, 0)
    <> agreement.matched + agreement.ambiguous + agreement.pending + agreement.missing
