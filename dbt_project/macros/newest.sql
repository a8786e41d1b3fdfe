{#- Rows of a relation that are the newest of their key; ties are broken by the export, then by the row. -#}
{% macro newest(relation, key, version=none) -%}
    (
        select *
        from
            (
                select
                    versions.*,
                    row_number() over (
                        partition by {{ key | join(", ") }}
                        order by
                            {% if version %} {{ version }} desc nulls last, {% endif %}
                            exported_at desc nulls last,
                            file_id desc,
                            file_row desc
                    ) as newest_first
                from {{ relation }} as versions
            ) as ranked
        where newest_first = 1
    )
{%- endmacro %}

{#- Rows of a relation that stand in the newest export of their partition's day (or document). -#}
{% macro newest_export(relation, partition) -%}
    (
        select *
        from
            (
                select
                    rows_of_exports.*,
                    rank() over (
                        partition by {{ partition | join(", ") }}
                        order by exported_at desc nulls last, file_id desc
                    ) as newest_first
                from {{ relation }} as rows_of_exports
            ) as ranked
        where newest_first = 1
    )
{%- endmacro %}
