{% test never_null(model, columns) %}
    {{
        config(
            meta={
                "identity": "G1",
                "owner": "data team",
                "remedy": "The rows shown lack a value that every row must have. Look for a join that found no partner, or an export with blanks there.",
            }
        )
    }}
    select *
    from {{ model }}
    where
        {% for column in columns %}
            {{ column }} is null{% if not loop.last %} or {% endif %}
        {% endfor %}
{% endtest %}
