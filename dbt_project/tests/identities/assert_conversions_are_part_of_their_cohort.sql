{{ config(meta={
    "identity": "F6",
    "owner": "data team",
    "remedy": "Somebody converted without being in the cohort, or more converted than there were. Look at "
        ~ "int_person_stages for the person shown."
}) }}

with

    stages as (select * from {{ ref("int_person_stages") }}),
    pairs as (select * from {{ ref("int_stage_pairs") }}),

    outsiders as (
        select later.person_id
        from pairs
        inner join stages as later on pairs.to_stage = later.stage
        left join
            stages as earlier
            on pairs.from_stage = earlier.stage
            and later.person_id = earlier.person_id
        where
            earlier.person_id is null or (later.strict_at is not null and earlier.strict_at is null)
    )

select cast(person_id as string) as what
from outsiders
union all
select variant || ' ' || stage_pair || ' by ' || grain
from {{ ref("int_conversion_counts") }}
where converted > cohort_size
