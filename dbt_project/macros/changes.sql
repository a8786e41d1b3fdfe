{#-
    Builds that follow changes, on DuckDB; Spark builds every table whole, with the same rows.
    A build that comes to its end leaves build.base: the parts of the lake, the rules and the day that it was made of, and build.made: the tables that it made of them. The next
    one takes them away as it begins, so that one that is killed leaves nothing to follow. Where parts were only added since, it notes which, and for every table whether and which rows changed.
    A table whose inputs did not change stays. One that is `keyed` says by which keys each input reaches it, builds these keys again and replaces them; all others are built whole, and so
    is everything where there is no base, a part went away, or rules, models or libraries are others.
-#}
{% macro begin_changes() -%}
    {% if execute and target.type == "duckdb" and flags.WHICH in ["build", "run"] %}
        {% set inputs = env_var("DUET_BUILD_INPUTS", "") %}
        {% do run_query("create schema if not exists build") %}
        {% do run_query("create or replace table build.changes (model varchar, kind varchar, uses_as_of boolean)") %}
        {% do run_query("create or replace table build.run as select false as follows, cast(null as date) as since") %}
        {% do run_query("create or replace table build.new_parts (stream varchar, file_id varchar)") %}
        {% do run_query("create or replace table build.inputs (kind varchar, name varchar, stamp varchar)") %}
        {% if inputs and not flags.FULL_REFRESH %} {% do begin_from(inputs) %} {% endif %}
        {% do run_query("drop table if exists build.base") %}
    {% endif %}
    select 1
{%- endmacro %}

{% macro begin_from(inputs) -%}
    {% do run_query("insert into build.inputs from read_csv('" ~ inputs ~ "', header = true, all_varchar = true)") %}
    {% do run_query("create table if not exists build.base as from build.inputs limit 0") %}
    {% do run_query("create table if not exists build.made (model varchar)") %}
    {% do run_query("
        create or replace table build.run as
        select
            count(*) > 0
            and count(*) filter (
                where base.kind in ('part', 'rules') and inputs.stamp is distinct from base.stamp
            ) = 0
            and coalesce(bool_and(inputs.stamp >= base.stamp) filter (where base.kind = 'as_of'), false)
            and (select count(*) from build.inputs where kind = 'as_of' and stamp = '" ~ var("as_of") ~ "') = 1
            as follows,
            cast(max(base.stamp) filter (where base.kind = 'as_of') as date) as since
        from build.base
        left join build.inputs on base.kind = inputs.kind and base.name = inputs.name
    ") %}
    {% do run_query("
        create or replace table build.new_parts as
        select
            split_part(inputs.name, '/', 1) || '.' || split_part(inputs.name, '/', 2) as stream,
            split_part(inputs.name, '/', 3) as file_id
        from build.inputs
        left join build.base on inputs.kind = base.kind and inputs.name = base.name
        where inputs.kind in ('part', 'rewritten') and inputs.stamp is distinct from base.stamp
    ") %}
{%- endmacro %}

{#- Which tables are now what these inputs make of them: those that this build did not reach, or that failed, are not. -#}
{% macro end_changes(results) -%}
    {% if execute and target.type == "duckdb" and flags.WHICH in ["build", "run"] %}
        {% set made = [] %}
        {% for one in results if one.status == "success" and one.node.resource_type == "model" %}
            {% do made.append("('" ~ one.node.name ~ "')") %}
        {% endfor %}
        {% if made %}
            {% do run_query("create or replace table build.made as select * from (values " ~ made | join(", ") ~ ") as made(model)") %}
            {% do run_query("create or replace table build.base as from build.inputs") %}
        {% endif %}
    {% endif %}
    select 1
{%- endmacro %}

{#- The keys of this model that changed since the last build, as a relation; none where it is built whole.
    `ways` names, for each input that may change in part, the SQL that gives its keys from {changes}, the input's rows that are no more or are new; {since} is the last build's day.
    `as_of` is such an input where the day matters; a source's stream is one, with {new_files}. An input that is not named and changed makes the model whole. -#}
{% macro touched(ways) -%}
    {% if not execute or target.type != "duckdb" or model.resource_type != "model" or flags.WHICH not in ["build", "run"] %}
        {{ return(none) }}
    {% endif %}
    {% set state = changes_of_inputs() %}
    {% if not state.follows %} {{ return(none) }} {% endif %}
    {% if state.is_later and "as_of" in ways %}
        {% do state.inputs.update({"as_of": "rows"}) %}
    {% endif %}
    {% set found = [] %}
    {% for name, change in state.inputs.items() if change != "none" %}
        {% if change == "whole" or name not in ways %} {{ return(none) }} {% endif %}
        {% for sql in ([ways[name]] if ways[name] is string else ways[name]) %}
            {% set sql = sql | replace("{changes}", "build.changed_" ~ name) | replace("{since}", "date '" ~ state.since ~ "'") %}
            {% do found.append(sql | replace("{new_files}", new_files())) %}
        {% endfor %}
    {% endfor %}
    {% set keys, key = touched_relation(), config.require("key") %}
    {% set nothing = "select " ~ key | join(", ") ~ " from " ~ this ~ " limit 0" %}
    {% do run_query("create or replace table " ~ keys ~ " as select distinct " ~ key | join(", ") ~ " from (" ~ nothing ~ ") as keys") %}
    {% for sql in found %}
        {% do run_query("insert into " ~ keys ~ " select distinct * from (" ~ sql ~ ") as found except select * from " ~ keys) %}
    {% endfor %}
    {{ return(keys) }}
{%- endmacro %}

{% macro touched_relation() -%} {{ return("build.touched_" ~ model.name) }} {%- endmacro %}

{% macro is_table_made() -%}
    {% set found = load_cached_relation(this) %}
    {% set made = run_query("select count(*) > 0 from build.made where model = '" ~ model.name ~ "'").rows[0][0] %}
    {{ return(made and found is not none and found.type == "table") }}
{%- endmacro %}

{#- Rows of a relation that have the keys; all of them where there are none to follow. `columns` names the key, or what it is called there: {key: column}. -#}
{% macro only(relation, keys, columns) -%}
    {%- if keys is none -%} {{ relation }}
    {%- else -%}
        (select every.* from {{ relation }} as every where {{ is_among("every", keys, columns) }})
    {%- endif -%}
{%- endmacro %}

{% macro is_among(relation, keys, columns) -%}
    exists (
        select 1
        from {{ keys }} as keys
        where
            {%- for key in columns %}
                keys.{{ key }}
                is not distinct from {{ relation }}.{{ columns[key] if columns is mapping else key }}
                {%- if not loop.last %} and {% endif %}
            {%- endfor %}
    )
{%- endmacro %}

{#- Rows of staged exports that stand in the files that a query names; written out, so that other parts are not read. -#}
{% macro only_files(relation, keys, files) -%}
    {%- if keys is none -%} {{ relation }}
    {%- else -%}
        (
            select *
            from {{ relation }}  /* {{ keys }} */
            where file_id in {{ listed(files) }}
        )
    {%- endif -%}
{%- endmacro %}

{% macro only_new_files(relation, keys) -%}
    {{ return(only_files(relation, keys, "select file_id from build.new_parts")) }}
{%- endmacro %}

{% macro listed(files) -%}
    {% set names = run_query("select distinct file_id from (" ~ files ~ ") as files").columns[0].values() %}
    {{ return("('" ~ ([""] + names | list) | join("', '") ~ "')") }}
{%- endmacro %}

{% macro new_files() -%} {{ return(listed("select file_id from build.new_parts")) }} {%- endmacro %}

{#- What became of everything that this model is made of, views looked through: none, rows or whole. -#}
{% macro changes_of_inputs() -%}
    {% set run = run_query("select follows, since, since <> cast('" ~ var("as_of") ~ "' as date) from build.run").rows[0] %}
    {% set inputs = {} %}
    {% if run[0] %}
        {% set known = {} %}
        {% set rows = run_query("select model, kind, uses_as_of from build.changes union all select stream, 'new parts', false from build.new_parts").rows %}
        {% for row in rows %} {% do known.update({row[0]: [row[1], row[2]]}) %} {% endfor %}
        {% do add_inputs(model, known, run[2], inputs) %}
    {% endif %}
    {% set follows = run[0] and is_table_made() %}
    {{ return({"notes": run[0], "follows": follows, "since": run[1], "is_later": run[2], "inputs": inputs}) }}
{%- endmacro %}

{% macro add_inputs(node, known, is_later, inputs) -%}
    {% for uid in node.depends_on.nodes %}
        {% if uid.startswith("source.") %}
            {% set stream = graph.sources[uid].source_name ~ "." ~ graph.sources[uid].name %}
            {% do inputs.update({stream: "rows" if stream in known else "none"}) %}
        {% elif uid.startswith("model.") %}
            {% set input = graph.nodes[uid] %}
            {% set kind, uses_as_of = known.get(input.name, ["whole", false]) %}
            {% if input.config.materialized == "view" %}
                {% if uses_as_of and is_later %}
                    {% do inputs.update({"as_of": "rows"}) %}
                {% endif %}
                {% do add_inputs(input, known, is_later, inputs) %}
            {% else %} {% do inputs.update({input.name: kind}) %}
            {% endif %}
        {% endif %}
    {% endfor %}
{%- endmacro %}

{% macro uses_as_of(sql) -%} {{ return("'" ~ var("as_of") ~ "'" in sql) }} {%- endmacro %}

{% macro note_change(kind, sql) -%}
    {% do run_query("insert into build.changes values ('" ~ model.name ~ "', '" ~ kind ~ "', " ~ uses_as_of(sql) ~ ")") %}
{%- endmacro %}

{#- Keep the rows that changed for the models behind, and note whether there are any. -#}
{% macro note_rows(changed, sql) -%}
    {% set rows = "build.changed_" ~ model.name %}
    {% do run_query("create or replace table " ~ rows ~ " as " ~ changed) %}
    {% set some = run_query("select count(*) > 0 from (from " ~ rows ~ " limit 1)").rows[0][0] %}
    {% do note_change("rows" if some else "none", sql) %}
{%- endmacro %}

{#- The rows of one relation that the other does not have, both ways. -#}
{% macro differences(one, other) -%}
    (
        from {{ one }}
        except all
        from {{ other }}
    )
    union all
    (
        from {{ other }}
        except all
        from {{ one }}
    )
{%- endmacro %}

{#- How a table is stored that follows changes by its keys. -#}
{% macro keyed() -%} {{ return("keyed" if target.type == "duckdb" else "table") }} {%- endmacro %}
