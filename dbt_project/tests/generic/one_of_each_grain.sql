{% test one_of_each_grain(model, columns) %}
    {{
        config(
            meta={
                "identity": "G1",
                "owner": "data team",
                "remedy": "The rows shown occur more than once. Compare the grain in the model's YAML with its joins; a join key is not unique.",
            }
        )
    }}
    select {{ columns | join(", ") }}, count(*) as occurrences
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
