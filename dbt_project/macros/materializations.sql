{#-
    How DuckDB stores tables and views. dbt-duckdb's own ways build a second relation, rename the old one away and the new one in, and drop what is left, because others may read meanwhile.
    Nobody reads the working database while it is built, and DuckDB takes back a drop with its transaction: the old one goes and the new one comes in one, at half the time for each model.
    In a build that follows changes (changes.sql) a table whose inputs are those of the last build stays as it is.
-#}
{% materialization table, adapter="duckdb" %}
    {% set state = changes_of_inputs() %}
    {% set changed = state.inputs.values() | reject("equalto", "none") | list %}
    {% if state.follows and not changed and not (state.is_later and uses_as_of(compiled_code)) %}
        {{ return(keep_relation()) }}
    {% endif %}
    {% set old = "build.old_" ~ model.name %}
    {% set is_compared = state.follows and config.get("compared", false) %}
    {% if is_compared %}
        {% do run_query("create or replace table " ~ old ~ " as from " ~ this) %}
    {% endif %}
    {% set result = replace_relation(this.incorporate(type="table"), create_table_as(False, this, compiled_code)) %}
    {% if is_compared %}
        {% do note_rows(differences(old, this), compiled_code) %}
        {% do run_query("drop table " ~ old) %}
    {% elif state.notes %} {% do note_change("whole", compiled_code) %}
    {% endif %}
    {{ return(result) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {% set result = replace_relation(this.incorporate(type="view"), create_view_as(this, compiled_code)) %}
    {% if changes_of_inputs().notes %} {% do note_change("whole", compiled_code) %} {% endif %}
    {{ return(result) }}
{% endmaterialization %}

{#- A table that replaces only the keys that changed: those that the model asked for with `touched`. -#}
{% materialization keyed, adapter="duckdb" %}
    {% set keys, new = touched_relation(), "build.new_" ~ model.name %}
    {% if uses_as_of(compiled_code) and '"as_of"' not in model.raw_code %}
        {{ exceptions.raise_compiler_error(model.name ~ " depends on the day: name as_of among the ways of `touched`") }}
    {% endif %}
    {% if keys not in compiled_code %}
        {% set result = replace_relation(this.incorporate(type="table"), create_table_as(False, this, compiled_code)) %}
        {% if changes_of_inputs().notes %} {% do note_change("whole", compiled_code) %} {% endif %}
        {{ return(result) }}
    {% endif %}
    {% if run_query("select count(*) from " ~ keys).rows[0][0] == 0 %}
        {{ return(keep_relation()) }}
    {% endif %}
    {% set key = config.require("key") %}
    {% do run_query("create or replace table " ~ new ~ " as from " ~ this ~ " limit 0") %}
    {% do run_query("insert into " ~ new ~ " by name " ~ compiled_code) %}
    {% do note_rows(differences(only(this, keys, key), new), compiled_code) %}
    {% set changed = "build.changed_" ~ model.name %}
    {% set delete = "delete from " ~ this ~ " as every where " ~ is_among("every", changed, key) %}
    {% set insert = "insert into " ~ this ~ " from " ~ only(new, changed, key) %}
    {% call statement("delete") %} {{ delete }} {% endcall %}
    {% call statement("main") %} {{ insert }} {% endcall %}
    {% do adapter.commit() %}
    {% do run_query("drop table " ~ new) %}
    {{ return({"relations": [this.incorporate(type="table")]}) }}
{% endmaterialization %}

{% macro keep_relation() %}
    {% do note_change("none", compiled_code) %}
    {% call noop_statement("main", "KEPT") %} {% endcall %}
    {{ return({"relations": [this.incorporate(type="table")]}) }}
{% endmacro %}

{% macro replace_relation(relation, create) %}
    {% set old = load_cached_relation(relation) %}
    {% do run_hooks(pre_hooks) %}
    {% if old is not none %}
        {% call statement("drop_old") %} drop {{ old.type }} {{ old }}
        {% endcall %}
        {% do adapter.cache_dropped(old) %}
    {% endif %}
    {% call statement("main") %} {{ create }} {% endcall %}
    {% do run_hooks(post_hooks) %}
    {% do adapter.commit() %}
    {{ return({"relations": [relation]}) }}
{% endmacro %}
