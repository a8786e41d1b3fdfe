{#- Stages of the funnel in order, then what closes a cycle: rows of (stage, stage_no, is_closer, event_order). -#}
{% macro funnel_stages() -%}
    {%- set order = var("funnel")["stage_order"] -%}
    {%- set closers = var("funnel")["cycle_closers"] -%}
    {%- for stage in order %}
        select
            '{{ stage }}' as stage,
            {{ loop.index }} as stage_no,
            {{ "true" if stage in closers else "false" }} as is_closer,
            {{ loop.index }} as event_order
        {%- if not loop.last or closers | reject("in", order) | list %}
            union all
        {%- endif %}
    {%- endfor %}
    {%- for stage in closers | reject("in", order) %}
        select '{{ stage }}', cast(null as int), true, {{ order | length + loop.index }}
        {%- if not loop.last %}
            union all
        {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#- Number of a stage or closer in the order of events, as int_stages has it; null for one that the house does not use. -#}
{% macro stage_number(stage) -%}
    {%- set order = var("funnel")["stage_order"] -%}
    {%- set all_stages = order + (var("funnel")["cycle_closers"] | reject("in", order) | list) -%}
    {{ return(all_stages.index(stage) + 1 if stage in all_stages else "null") }}
{%- endmacro %}

{#- Number of an event among those of its person: by time, at the same time by the order of stages. A house has fewer than
    sixteen stages and closers. -#}
{% macro event_number(entered_at, event_order) -%}
    ({{ microseconds(entered_at) }} * 16 + {{ event_order }})
{%- endmacro %}

{#- Stage or closer of such a number, as int_stages numbers them. -#}
{% macro order_of_event(event_no) -%} mod({{ event_no }}, 16) {%- endmacro %}

{#- When such an event was, UTC. -#}
{% macro time_of_event(event_no) -%} {{ instant_of(quotient(event_no, 16)) }} {%- endmacro %}

{#- Whether an event is of mql or a later stage of the funnel, and may open a cycle. -#}
{% macro is_opener(event_order) -%}
    {{ event_order }}
    between {{ stage_number("mql") }} and {{ var("funnel")["stage_order"] | length }}
{%- endmacro %}

{#- Whether an event closes the cycle. -#}
{% macro is_closer(event_order) -%}
    {{ event_order }} in (
        {%- for closer in var("funnel")["cycle_closers"] -%}
            {{ stage_number(closer) }}{% if not loop.last %}, {% endif %}
        {%- endfor -%}
    )
{%- endmacro %}

{#- Steps whose conversion is a KPI: every step of the funnel, and the hand-over from marketing to sales as a whole. -#}
{% macro stage_pairs() -%}
    {%- set order = var("funnel")["stage_order"] -%}
    {%- set pairs = [] -%}
    {%- for later in order[1:] %} {% do pairs.append((order[loop.index0], later)) %} {% endfor -%}
    {%- if "mql" in order and "sql" in order and ("mql", "sql") not in pairs -%}
        {% do pairs.append(("mql", "sql")) %}
    {%- endif -%}
    {{ return(pairs) }}
{%- endmacro %}

{#- The smallest of numbered columns, nulls aside. -#}
{% macro earliest(prefix, first, last) -%}
    {%- set columns = [] -%}
    {%- for no in range(first, last + 1) %} {% do columns.append(prefix ~ no) %} {% endfor -%}
    {%- if columns | length == 1 %} {{ columns[0] }}
    {% else %} least({{ columns | join(", ") }})
    {% endif -%}
{%- endmacro %}

{#- A list of configured words as SQL literals. -#}
{% macro quoted(words) -%} '{{ words | join("', '") }}' {%- endmacro %}

{#- Rows of (record_key, token), each once, with the component that each belongs to: records that share a token, directly or
    through others, are one, and are named by the smallest of them. Most records share nothing, and most others one
    token with records that share nothing else: both are settled by counting. Only the rest is labelled in rounds. -#}
{% macro connected_components(links) -%}
    with
        shared as (
            select links.record_key, links.token, tokens.first_record
            from {{ links }} as links
            inner join
                (
                    select token, min(record_key) as first_record
                    from {{ links }}
                    group by token
                    having count(*) > 1
                ) as tokens
                on links.token = tokens.token
        ),
        tangled_tokens as (
            select distinct shared.token
            from shared
            inner join
                (
                    select record_key from shared group by record_key having count(*) > 1
                ) as tied_twice
                on shared.record_key = tied_twice.record_key
        ),
        tangled as (
            select shared.record_key, shared.token
            from shared
            inner join tangled_tokens on shared.token = tangled_tokens.token
        ),
        components as (
            select shared.record_key, shared.first_record as component_id
            from shared
            left join tangled_tokens on shared.token = tangled_tokens.token
            where tangled_tokens.token is null
            union all
            select record_key, min(component_id)
            from ({{ labelled("tangled") }}) as labels
            group by record_key
        )
    select
        links.record_key,
        links.token,
        coalesce(components.component_id, links.record_key) as component_id
    from {{ links }} as links
    left join components on links.record_key = components.record_key
{%- endmacro %}

{#- Components by labels: each round lets a whole component adopt the smallest label of its neighbours; labels are hashes,
    so components at least halve per round on average. A test says that the last round changed nothing. -#}
{% macro labelled(links, rounds=10) -%}
    select record_key, token, min(record_key) over (partition by label) as component_id
    from
        (
            {%- for round in range(rounds) %}
                select record_key, token, min(token_label) over (partition by label) as label
                from
                    (
                        select
                            record_key,
                            token,
                            label,
                            min(label) over (partition by token) as token_label
                        from (
            {%- endfor %}
                            select record_key, token, md5(cast(record_key as string)) as label
                            from {{ links }}
                {%- for round in range(rounds) %}
                            ) as labels_{{ round }}) as token_labels_{{ round }}
                {%- endfor %}
        ) as components
{%- endmacro %}

{#- One measure of int_funnel_counts as a column. -#}
{% macro funnel_count(measure) -%}
    cast(sum(case when measure = '{{ measure }}' then entities else 0 end) as bigint)
{%- endmacro %}

{#- Size or conversions of one variant of int_conversion_counts as a column. -#}
{% macro conversion_count(variant, measure) -%}
    cast(sum(case when variant = '{{ variant }}' then {{ measure }} else 0 end) as bigint)
{%- endmacro %}

{#- When a record was created; where its export does not say, the earliest moment that it does tell. -#}
{% macro first_known(created_at, other_at, updated_at, exported_at) -%}
    coalesce({{ created_at }}, least({{ other_at }}, {{ updated_at }}), {{ exported_at }})
{%- endmacro %}

{#- What is known of a person, cycle or deal when it enters the funnel, and never changes. -#}
{% macro funnel_attributes() -%}
    {{ return(["channel", "source_group", "segment", "owner"]) }}
{%- endmacro %}

{#- What the funnel may be cut by: the attributes, and the version of the rule that was in force. -#}
{% macro funnel_cuts() -%} {{ return(funnel_attributes() + ["rule_version"]) }} {%- endmacro %}

{#- Whether a version of a rule holds on a day. -#}
{% macro in_force(versions, rule, day) -%}
    {{ versions }}.rule = {{ rule }}
    and {{ day }} >= {{ versions }}.valid_from
    and ({{ versions }}.valid_before is null or {{ day }} < {{ versions }}.valid_before)
{%- endmacro %}

{#- Name of the version in force; what no version of the seed defines has none. -#}
{% macro rule_version(rule, versions) -%}
    coalesce({{ rule }} || ' ' || {{ versions }}.version, '(unversioned)')
{%- endmacro %}

{#- Order of a person's records as one number that ends in the record's own: by what is given as a number below four, by
    creation, where unknown last, by the number of the source, of which there are fewer than 64, and by the record. The
    smallest of a group costs a third of a sort. -#}
{% macro record_order(records, first, source_no) -%}
    {%- set moments = 2**57 -%}
    (
        (
            (
                cast({{ first }} as {{ wide_integer() }}) * {{ moments }}
                + coalesce({{ microseconds(records ~ ".created_at") }}, {{ moments - 1 }})
            )
            * 64
            + {{ source_no }}
        )
        * {{ key_number_limit() }}
        + {{ records }}.record_no
    )
{%- endmacro %}

{#- Number of the record that such a number ends in. -#}
{% macro record_of_order(number) -%}
    cast(mod({{ number }}, {{ key_number_limit() }}) as bigint)
{%- endmacro %}

{#- A link between records that takes effect after as_of does not hold yet; one without a day does. -#}
{% macro effective(link, day) -%}
    case when coalesce({{ day }}, {{ as_of_date() }}) <= {{ as_of_date() }} then {{ link }} end
{%- endmacro %}
