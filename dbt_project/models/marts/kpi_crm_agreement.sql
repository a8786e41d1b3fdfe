with

    objects as (
        select 'deals' as object
        union all
        select 'people'
    ),
    sides as (
        select 'marketing_crm' as side
        union all
        select 'sales_crm'
        union all
        select 'both'
    ),

    buckets as (
        select object, system_kind, bucket, count(*) as records
        from {{ ref("int_crm_matches") }}
        group by object, system_kind, bucket
    ),
    records as (
        select object, system_kind, count(*) as records
        from {{ ref("int_crm_records") }}
        group by object, system_kind
    ),

    counted as (
        select
            buckets.object,
            sides.side,
            {{ bucket_count("matched") }} as matched,
            {{ bucket_count("ambiguous") }} as ambiguous,
            {{ bucket_count("pending") }} as pending,
            {{ bucket_count("missing") }} as missing
        from buckets
        inner join sides on sides.side in (buckets.system_kind, 'both')
        group by buckets.object, sides.side
    ),
    sizes as (
        select records.object, sides.side, cast(sum(records.records) as bigint) as records
        from records
        inner join sides on sides.side in (records.system_kind, 'both')
        group by records.object, sides.side
    ),
    -- Where one system has nothing, there is nothing to agree with.
    two_sided as (select object, count(*) = 2 as has_both_sides from records group by object),

    pairs as (
        select
            object,
            count(*) as pairs,
            sum(case when is_settled then 1 else 0 end) as settled_pairs,
            sum(case when agrees then 1 else 0 end) as agreeing_pairs,
            sum(case when agrees and is_settled then 1 else 0 end) as agreeing_settled_pairs
        from {{ ref("int_crm_pairs") }}
        group by object
    ),
    fields as (
        select
            object,
            {% for field in agreement_fields() -%}
                {{ field_agreement_rate(field) }} as {{ field }}_agreement_rate
                {%- if not loop.last %},{% endif %}
            {% endfor %}
        from {{ ref("int_crm_field_agreement") }}
        group by object
    )

select
    -- keys
    objects.object,
    sides.side,
    {{ as_of_date() }} as as_of,

    -- records
    coalesce(sizes.records, 0) as records,
    coalesce(counted.matched, 0) as matched,
    coalesce(counted.ambiguous, 0) as ambiguous,
    coalesce(counted.pending, 0) as pending,
    coalesce(counted.missing, 0) as missing,
    case
        when two_sided.has_both_sides then {{ ratio("counted.matched", "sizes.records") }}
    end as match_rate,
    case
        when two_sided.has_both_sides
        then {{ ratio("counted.matched", "sizes.records - counted.pending") }}
    end as eligible_match_rate,

    -- pairs
    cast(coalesce(pairs.pairs, 0) as bigint) as pairs,
    cast(coalesce(pairs.settled_pairs, 0) as bigint) as settled_pairs,
    cast(coalesce(pairs.agreeing_pairs, 0) as bigint) as agreeing_pairs,
    cast(coalesce(pairs.agreeing_settled_pairs, 0) as bigint) as agreeing_settled_pairs,
    {{ ratio("pairs.agreeing_settled_pairs", "pairs.settled_pairs") }} as agreement_rate,
    fields.stage_agreement_rate,
    fields.amount_agreement_rate,
    fields.close_date_agreement_rate,
    fields.owner_agreement_rate,
    fields.source_agreement_rate
from objects
cross join sides
left join sizes on objects.object = sizes.object and sides.side = sizes.side
left join counted on objects.object = counted.object and sides.side = counted.side
left join two_sided on objects.object = two_sided.object
left join pairs on objects.object = pairs.object
left join fields on objects.object = fields.object
