"""The copy in PostgreSQL: the same rows, whole or not at all, with grants and views kept and readers undisturbed."""

from typing import Any

import duckdb
import pytest

from orchestration.deliver import push as pushing
from orchestration.deliver.postgres import NotDelivered, Postgres
from orchestration.deliver.push import push, read_delivered
from orchestration.publish.version import online, rollback, serving_file
from orchestration.settings import Settings
from tests.deliver.postgres_server import answer, ask, do, session
from tests.publish.small_build import change_online, publish

SEEN = "select version, (select sum(value)::text from marts.kpi_values) from marts.duet_version"
# Every type of a contract at its edges, and texts that a wire could spoil.
EVERYTHING = """
create table marts.everything as
select * from (values
    (1::bigint, 1::integer, true, date '2026-01-01', timestamp '2026-01-01 12:00:00.123456',
     12345678901234567890.12345678::decimal(28,8), -0.000001::decimal(20,6), 'plain'),
    (-9223372036854775808, -2147483648, false, date '0001-01-01', timestamp '1970-01-01',
     -99999999999999999999.99999999, 99999999999999.999999, e'tab\\t "quoted" \\\\N line\\nnext 😀 é'),
    (9223372036854775807, 2147483647, null, date '9999-12-31', null, 0, null, ''),
    (null, null, null, null, null, null, null, null)
) t("big", "whole", "flag", "day", "moment", "money", "rate", "select")
"""


def first_and_second(settings: Settings) -> tuple[str, str]:
    """A version that was copied, and the one after it that was not: sums 30 and 70."""
    first = push(settings).version
    return first, publish(settings, [("2026-05-01", 30), ("2026-06-01", 40)], "run-2")


def test_the_copy_is_the_published_file(settings: Settings, url: str) -> None:
    change_online(settings, EVERYTHING)
    pushed = push(settings)

    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        for table in pushed.rows:
            columns = [row[0] for row in conn.execute(f'describe marts."{table}"').fetchall()]
            as_text = ", ".join(f'cast("{column}" as text)' for column in columns)
            query = f'select {as_text} from marts."{table}"'
            assert sorted(map(repr, ask(url, query))) == sorted(map(repr, conn.execute(query).fetchall())), table
    assert set(pushed.rows) >= {"everything", "kpi_values", "ops_checks", "ops_versions"}


def test_types_are_those_of_the_contract(settings: Settings, url: str) -> None:
    change_online(settings, EVERYTHING)
    push(settings)
    kinds = ask(
        url,
        "select string_agg(format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute "
        "where attrelid = 'marts.everything'::regclass and attnum > 0",
    )
    assert kinds == [
        ("bigint, integer, boolean, date, timestamp without time zone, numeric(28,8), numeric(20,6), text",)
    ]


def test_a_text_that_postgresql_cannot_hold_is_shown_not_lost(settings: Settings, url: str) -> None:
    change_online(settings, "create table marts.odd as select 'a' || chr(0) || 'b' as text")
    push(settings)
    assert ask(url, "select text from marts.odd") == [("a␀b",)]


def test_a_reader_sees_which_version_it_reads(settings: Settings, url: str) -> None:
    first, second = first_and_second(settings)
    assert ask(url, SEEN) == [(first, "30.00000000")]
    push(settings)
    assert ask(url, SEEN) == [(second, "70.00000000")]
    rollback(settings, first)
    push(settings)
    assert ask(url, SEEN) == [(first, "30.00000000")]
    version = online(settings)
    assert version is not None
    [(as_of, content)] = ask(url, "select as_of, content_hash from marts.duet_version")
    assert (as_of, content) == (version.as_of, version.content_hash)
    assert ask(url, "select rows from marts.duet_tables where table_name = 'kpi_values'") == [(2,)]


def test_what_is_said_of_a_column_in_the_published_file_is_said_there_too(settings: Settings, url: str) -> None:
    push(settings)
    [(table, column)] = ask(
        url,
        "select obj_description('marts.kpi_values'::regclass), col_description('marts.kpi_values'::regclass, 7)",
    )
    assert (table, column) == ("One row per KPI's value.", "The value.")


def test_grants_views_indexes_and_strangers_stay(settings: Settings, url: str) -> None:
    push(settings)
    do(
        url,
        "create role reader",
        "grant usage on schema marts to reader",
        "grant select on marts.kpi_values to reader",
        "create view public.spend as select period, value from marts.kpi_values",
        "create index by_period on marts.kpi_values (period)",
        "create table marts.of_somebody_else as select 1 as one",
    )
    try:
        publish(settings, [("2026-06-01", 70)], "run-2")
        push(settings)
        assert ask(url, "select value::text from marts.kpi_values", "set local role reader") == [("70.00000000",)]
        assert ask(url, "select value::text from public.spend") == [("70.00000000",)]
        assert ask(url, "select to_regclass('marts.by_period') is not null, one from marts.of_somebody_else") == [
            (True, 1)
        ]
    finally:
        do(url, "drop owned by reader", "drop role reader")


def test_readers_wait_for_nobody_and_see_one_version(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = first_and_second(settings)
    seen: list[Any] = []
    say_which = pushing._say_which

    def look_first(*arguments: Any) -> None:
        # Everything is written and nothing committed: who asks now must have an answer at once, and the old one.
        seen.extend(ask(url, SEEN, "set local statement_timeout = '2s'"))
        say_which(*arguments)

    monkeypatch.setattr(pushing, "_say_which", look_first)
    with session(url) as reader:
        reader.execute("set transaction isolation level repeatable read")
        assert answer(reader, SEEN) == [(first, "30.00000000")]
        push(settings)
        # A report of several queries in one transaction is of one version.
        assert answer(reader, SEEN) == [(first, "30.00000000")]
    assert seen == [(first, "30.00000000")]
    assert ask(url, SEEN) == [(second, "70.00000000")]


def test_a_push_that_fails_midway_changes_nothing(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = first_and_second(settings)
    load = Postgres.load

    def break_off(self: Postgres, table: str, rows: Any) -> int:
        if table == "ops_versions":
            self.run("select 1 / 0")
        return load(self, table, rows)

    monkeypatch.setattr(Postgres, "load", break_off)
    with pytest.raises(NotDelivered, match=r"division by zero\n  remedy: .* `duet export postgres`"):
        push(settings)

    assert ask(url, SEEN) == [(first, "30.00000000")]
    held = read_delivered(settings)
    assert held is not None
    assert held.version == first
    assert held.error is not None
    monkeypatch.undo()
    monkeypatch.setenv("DUET_POSTGRES_URL", url)
    assert push(settings).version == second


def test_columns_and_tables_come_and_go(settings: Settings, url: str) -> None:
    change_online(
        settings, "create table marts.gone as select 1 as one", "alter table marts.kpi_values add column old int"
    )
    push(settings)
    do(url, "create view public.spend as select value from marts.kpi_values")
    change_online(
        settings,
        "drop table marts.gone",
        "create table marts.fresh as select 'new' as word",
        "alter table marts.kpi_values drop column old",
        "alter table marts.kpi_values add column more decimal(20,6) default 1.5",
        "alter table marts.kpi_values alter n type varchar",
    )
    push(settings)

    assert ask(url, "select more::text, n, pg_typeof(n)::text from marts.kpi_values limit 1") == [
        ("1.500000", "1", "text")
    ]
    assert ask(url, "select to_regclass('marts.gone') is null, word from marts.fresh") == [(True, "new")]
    assert ask(url, "select count(*) from information_schema.columns where column_name = 'old'") == [(0,)]
    assert ask(url, "select sum(value)::text from public.spend") == [("30.00000000",)]


def test_a_view_that_reads_what_is_no_more_is_named(settings: Settings, url: str) -> None:
    first = push(settings).version
    do(url, "create view public.counts as select n from marts.kpi_values")
    change_online(settings, "alter table marts.kpi_values drop column n")

    with pytest.raises(NotDelivered) as refused:
        push(settings)

    for word in ("column n of table marts.kpi_values", "view counts depends on", "`duet export postgres`"):
        assert word in str(refused.value)
    assert ask(url, "select version from marts.duet_version") == [(first,)]
    assert ask(url, "select n from public.counts limit 1") == [(1,)]
    do(url, "drop view public.counts")
    push(settings)


def test_a_table_that_duet_did_not_write_is_not_emptied(settings: Settings, url: str) -> None:
    do(url, "create schema marts", "create table marts.kpi_values as select 'theirs' as word")
    with pytest.raises(NotDelivered, match=r"holds kpi_values, which Duet did not write(?s:.*)remedy:"):
        push(settings)
    assert ask(url, "select word from marts.kpi_values") == [("theirs",)]


def test_a_lock_that_somebody_holds_is_not_waited_for_forever(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(settings)
    monkeypatch.setattr(pushing, "PATIENCE", "100ms")
    with session(url) as other:
        other.execute("lock table marts.kpi_values in share mode")
        with pytest.raises(NotDelivered, match=r"lock timeout\n  remedy:    end whatever holds that table"):
            push(settings)
    push(settings)


def test_two_pushes_take_turns(settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "PATIENCE", "100ms")
    with session(url) as other:
        other.execute("select pg_advisory_xact_lock(hashtext('duet marts'))::text")
        with pytest.raises(NotDelivered, match="lock timeout"):
            push(settings)


def test_a_schema_that_somebody_else_made_needs_no_right_on_the_database(settings: Settings, url: str) -> None:
    do(url, "create role loader login", "create schema marts authorization loader")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DUET_POSTGRES_URL", url.replace("duet@", "loader@"))
            push(Settings())
        assert ask(url, "select version is not null from marts.duet_version") == [(True,)]
    finally:
        do(url, "drop owned by loader", "drop role loader")
