{#- SQL that DuckDB and Spark spell differently; everything else is written once. -#}
{#- Calendar day of a UTC timestamp in the reporting timezone. Calendars are slow, and UTC needs none. -#}
{% macro local_date(instant) -%}
    {%- if var("reporting_timezone") == "UTC" -%}
        {{ return("cast(" ~ instant ~ " as date)") }}
    {%- endif -%}
    {{ return(adapter.dispatch("local_date", "duet")(instant)) }}
{%- endmacro %}

{% macro default__local_date(instant) -%}
    cast(timezone('{{ var("reporting_timezone") }}', timezone('UTC', {{ instant }})) as date)
{%- endmacro %}

{% macro spark__local_date(instant) -%}
    cast(convert_timezone('UTC', '{{ var("reporting_timezone") }}', {{ instant }}) as date)
{%- endmacro %}

{#- UTC timestamp at which a calendar day begins in the reporting timezone. -#}
{% macro local_midnight(day) -%}
    {{ return(adapter.dispatch("local_midnight", "duet")(day)) }}
{%- endmacro %}

{% macro default__local_midnight(day) -%}
    timezone('UTC', timezone('{{ var("reporting_timezone") }}', cast({{ day }} as timestamp)))
{%- endmacro %}

{% macro spark__local_midnight(day) -%}
    convert_timezone('{{ var("reporting_timezone") }}', 'UTC', cast({{ day }} as timestamp))
{%- endmacro %}

{#- Whole days from one date to another. -#}
{% macro days_between(first_day, last_day) -%}
    {{ return(adapter.dispatch("days_between", "duet")(first_day, last_day)) }}
{%- endmacro %}

{% macro default__days_between(first_day, last_day) -%}
    cast(date_diff('day', {{ first_day }}, {{ last_day }}) as bigint)
{%- endmacro %}

{% macro spark__days_between(first_day, last_day) -%}
    cast(datediff({{ last_day }}, {{ first_day }}) as bigint)
{%- endmacro %}

{#- Seconds from one timestamp to another. -#}
{% macro seconds_between(first_instant, last_instant) -%}
    {{ return(adapter.dispatch("seconds_between", "duet")(first_instant, last_instant)) }}
{%- endmacro %}

{% macro default__seconds_between(first_instant, last_instant) -%}
    cast(date_diff('second', {{ first_instant }}, {{ last_instant }}) as bigint)
{%- endmacro %}

{% macro spark__seconds_between(first_instant, last_instant) -%}
    cast(timestampdiff(second, {{ first_instant }}, {{ last_instant }}) as bigint)
{%- endmacro %}

{#- First day of the period that holds a day: month, quarter, year or (Monday) week. -#}
{% macro period_start(grain, day) -%}
    cast(date_trunc('{{ grain }}', {{ day }}) as date)
{%- endmacro %}

{#- A day some months later. -#}
{% macro months_later(day, months) -%}
    {{ return(adapter.dispatch("months_later", "duet")(day, months)) }}
{%- endmacro %}

{% macro default__months_later(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{% macro spark__months_later(day, months) -%}
    add_months({{ day }}, cast({{ months }} as int))
{%- endmacro %}

{#- One row per part of a text list joined with ';': select … from relation <lateral>. Yields column `part`. -#}
{% macro split_rows(relation, text) -%}
    {{ return(adapter.dispatch("split_rows", "duet")(relation, text)) }}
{%- endmacro %}

{% macro default__split_rows(relation, text) -%}
    {{ relation }}, unnest(string_split({{ text }}, ';')) as parts(part)
{%- endmacro %}

{% macro spark__split_rows(relation, text) -%}
    {{ relation }} lateral view explode(split({{ text }}, ';')) parts as part
{%- endmacro %}

{#- Calendar day of a UTC timestamp in a timezone that each row names itself. -#}
{% macro local_date_in(instant, timezone) -%}
    {{ return(adapter.dispatch("local_date_in", "duet")(instant, timezone)) }}
{%- endmacro %}

{% macro default__local_date_in(instant, timezone) -%}
    cast(timezone({{ timezone }}, timezone('UTC', {{ instant }})) as date)
{%- endmacro %}

{% macro spark__local_date_in(instant, timezone) -%}
    cast(convert_timezone('UTC', {{ timezone }}, {{ instant }}) as date)
{%- endmacro %}

{#- UTC timestamp of a wall clock's time in a timezone that each row names itself. -#}
{% macro utc_time(wall_time, timezone) -%}
    {{ return(adapter.dispatch("utc_time", "duet")(wall_time, timezone)) }}
{%- endmacro %}

{% macro default__utc_time(wall_time, timezone) -%}
    timezone('UTC', timezone({{ timezone }}, {{ wall_time }}))
{%- endmacro %}

{% macro spark__utc_time(wall_time, timezone) -%}
    convert_timezone({{ timezone }}, 'UTC', {{ wall_time }})
{%- endmacro %}

{#- A timestamp some seconds later. -#}
{% macro seconds_later(instant, seconds) -%}
    {{ return(adapter.dispatch("seconds_later", "duet")(instant, seconds)) }}
{%- endmacro %}

{% macro default__seconds_later(instant, seconds) -%}
    {{ instant }} + to_seconds(cast({{ seconds }} as bigint))
{%- endmacro %}

{% macro spark__seconds_later(instant, seconds) -%}
    timestampadd(second, cast({{ seconds }} as int), {{ instant }})
{%- endmacro %}

{#- A number that stands for a key: the same in every build and on every engine. 60 bits of a hash, so that ten million keys
    share one with a chance of one in twenty thousand; a test says that none do. Numbers are joined, sorted and kept
    several times as fast as texts of 32 letters. DuckDB has the hash as a number, its last byte first. -#}
{% macro key_number(key) -%}
    {{ return(adapter.dispatch("key_number", "duet")(key)) }}
{%- endmacro %}

{#- What all numbers of keys are below. -#}
{% macro key_number_limit() -%} {{ 2**60 }} {%- endmacro %}

{% macro default__key_number(key) -%} cast(md5_number({{ key }}) >> 68 as bigint) {%- endmacro %}

{% macro spark__key_number(key) -%}
    {%- set bytes = [] -%}
    {%- for byte in range(15, 7, -1) -%}
        {%- do bytes.append("substr(md5(" ~ key ~ "), " ~ (2 * byte + 1) ~ ", " ~ (1 if byte == 8 else 2) ~ ")") -%}
    {%- endfor -%}
    cast(conv(concat({{ bytes | join(", ") }}), 16, 10) as bigint)
{%- endmacro %}

{#- Microseconds of a UTC timestamp since the year 1, so that no date makes them negative. -#}
{% macro microseconds(instant) -%}
    {{ return(adapter.dispatch("microseconds", "duet")(instant)) }}
{%- endmacro %}

{% macro default__microseconds(instant) -%}
    (epoch_us({{ instant }}) + 62135596800000000)
{%- endmacro %}

{% macro spark__microseconds(instant) -%}
    (unix_micros(cast({{ instant }} as timestamp_ltz)) + 62135596800000000)
{%- endmacro %}

{#- Two positive integers as one that sorts by the first and then by the second, which is below `size`; the quotient by it
    gives the first again. -#}
{% macro paired(first, second, size) -%}
    (cast({{ first }} as bigint) * {{ size }} + {{ second }})
{%- endmacro %}

{#- Whole quotient of two positive integers. -#}
{% macro quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch("quotient", "duet")(dividend, divisor)) }}
{%- endmacro %}

{% macro default__quotient(dividend, divisor) -%}
    divide({{ dividend }}, {{ divisor }})
{%- endmacro %}

{% macro spark__quotient(dividend, divisor) -%}({{ dividend }} div {{ divisor }}) {%- endmacro %}

{#- UTC timestamp of so many microseconds since the year 1. -#}
{% macro instant_of(microseconds) -%}
    {{ return(adapter.dispatch("instant_of", "duet")(microseconds)) }}
{%- endmacro %}

{% macro default__instant_of(microseconds) -%}
    make_timestamp({{ microseconds }} - 62135596800000000)
{%- endmacro %}

{% macro spark__instant_of(microseconds) -%}
    cast(timestamp_micros({{ microseconds }} - 62135596800000000) as timestamp_ntz)
{%- endmacro %}

{#- Whole numbers of 38 digits. -#}
{% macro wide_integer() -%} {{ return(adapter.dispatch("wide_integer", "duet")()) }} {%- endmacro %}

{% macro default__wide_integer() -%} hugeint {%- endmacro %}

{% macro spark__wide_integer() -%} decimal(38, 0) {%- endmacro %}

{#- Last value before the row in a window that is not null. -#}
{% macro last_known(value, window) -%}
    {{ return(adapter.dispatch("last_known", "duet")(value, window)) }}
{%- endmacro %}

{% macro default__last_known(value, window) -%}
    lag({{ value }} ignore nulls) over ({{ window }})
{%- endmacro %}

{% macro spark__last_known(value, window) -%}
    lag({{ value }}) ignore nulls over ({{ window }})
{%- endmacro %}
