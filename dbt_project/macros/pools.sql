{#- Share of a pool that wins new customers: duet.yml where it names the pool, else the seed cost_pools. -#}
{% macro acquisition_share(pool, share_of_seed) -%}
    {%- set shares = var("cac")["acquisition_share"] -%}
    case
        {%- for name, share in shares.items() %}
            when {{ pool }} = '{{ name }}' then cast({{ share }} as decimal(9, 8))
        {%- endfor %}
        else cast({{ share_of_seed }} as decimal(9, 8))
    end
{%- endmacro %}

{#- Sum of the loaded cost of one pool. -#}
{% macro loaded_pool(pool) -%}
    cast(sum(case when pool = '{{ pool }}' then loaded_cost else 0 end) as decimal(20, 6))
{%- endmacro %}
