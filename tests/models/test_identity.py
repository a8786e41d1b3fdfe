"""From records to persons, by hand: which merges hold on a day, what stands for a person, what is left out."""

import shutil
from collections.abc import Iterator

import duckdb
import pytest

from orchestration.rules import Customers, Rules
from orchestration.settings import Settings
from tests.models.dbt_runs import key_number
from tests.models.identity_rows import IDENTITY
from tests.models.test_people import build

MODELS = [
    "+bridge_accounts",
    "+bridge_person_records",
    "+fct_person_restatements",
    "+fct_stage_events",
    "+int_person_stages",
    "+kpi_identity",
]
IDENTITIES = [
    "assert_each_account_has_one_customer",
    "assert_every_record_is_a_person_or_has_a_reason",
    "assert_no_account_is_its_own_parent",
    "assert_restated_months_add_up",
]
Sql = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Customers roll up to their topmost parent here; every other test has the default."""
    rules = Rules(reporting_timezone="Europe/Berlin", customers=Customers(roll_up_to_parent=True))
    outcome, settings = build(tmp_path_factory.mktemp("identity"), IDENTITY, *MODELS, *IDENTITIES, rules=rules)
    assert outcome.success, [result.message for result in outcome.result if result.status in ("error", "fail")]
    return settings


@pytest.fixture(scope="module")
def sql(settings: Settings) -> Iterator[Sql]:
    copy = settings.warehouse.with_name("read.duckdb")
    shutil.copyfile(settings.warehouse, copy)
    with duckdb.connect(str(copy), read_only=True) as conn:
        yield conn


# Persons are numbers; here they have the first name of their records.
NAMES = "select component_id as person_id, min(record_key) as name from intermediate.int_person_records group by 1"

PERSON_OF = "(select component_id from intermediate.int_person_records where record_key = '{}')"
PERSONS = {record: PERSON_OF.format(record) for record in ("re_a", "late_spam")}


def together_with(sql: Sql, record: str) -> set[str]:
    """The records of one person."""
    query = """
        select others.record_key from intermediate.int_person_records as others
        inner join intermediate.int_person_records as one using (component_id) where one.record_key = ?
    """
    return {key for (key,) in sql.execute(query, [record]).fetchall()}


def broken(settings: Settings, identity: str, mutation: str) -> list[str]:
    """What an identity names after something was done to the warehouse, which is undone at the end."""
    compiled = settings.data_dir / f"target/compiled/duet/tests/identities/{identity}.sql"
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.begin()
        conn.execute(mutation)
        named = [str(what) for what, *_ in conn.execute(compiled.read_text()).fetchall()]
        conn.rollback()
    return sorted(named)


class TestAMerge:
    def test_of_the_audit_counts_from_its_day_on_whatever_the_list_says(self, sql: Sql) -> None:
        assert together_with(sql, "hs_stays") == {"hs_stays", "hs_left", "hs_listed"}
        assert together_with(sql, "hs_ahead") == {"hs_ahead"}

    def test_ahead_keeps_the_end_of_a_chain_apart(self, sql: Sql) -> None:
        assert together_with(sql, "hs_a") == {"hs_a", "hs_b"}
        assert together_with(sql, "hs_c") == {"hs_c"}

    def test_of_salesforce_has_the_day_on_which_the_loser_changed_last(self, sql: Sql) -> None:
        assert together_with(sql, "lead_winner") == {"lead_winner", "lead_loser"}
        assert together_with(sql, "lead_late") == {"lead_late"}

    def test_of_lead_and_contact_has_the_day_of_the_conversion(self, sql: Sql) -> None:
        assert together_with(sql, "lead_conv") == {"lead_conv", "con_conv"}
        assert together_with(sql, "lead_ahead") == {"lead_ahead"}
        query = "select customer_id from intermediate.int_persons where person_id = ?"
        assert sql.execute(query, [key_number("lead_ahead")]).fetchall() == [(str(key_number("lead_ahead")),)]


def test_persons_are_records_less_what_repeats_and_what_is_left_out(sql: Sql) -> None:
    rows = sql.execute("""
        select source, raw_records, merged_records, converted_records, same_person_records, excluded_records, persons,
            persons_known, tombstones_kept
        from marts.kpi_identity order by source
    """).fetchall()
    # HubSpot: hs_left, hs_listed and hs_a are merged; the nine others are persons.
    # Leads: lead_loser is merged, lead_conv converted. Template: mail has the address of hs_mail, which came first;
    # re_b, ch_1, ch_2 and run_1 are merged; spam, late_spam, test, future and customer are left out; six remain.
    assert rows == [
        ("(all)", 35, 8, 1, 1, 5, 20, 20, 3),
        ("hubspot_contact", 12, 3, 0, 0, 0, 9, 9, 1),
        ("salesforce_contact", 2, 0, 0, 0, 0, 2, 2, 0),
        ("salesforce_lead", 5, 1, 1, 0, 0, 3, 4, 0),
        ("template_person", 16, 4, 0, 1, 5, 6, 7, 2),
    ]
    reasons = sql.execute("""
        select excluded_spam, excluded_test, excluded_employee, excluded_partner, excluded_existing_customer,
            excluded_not_yet_created, excluded_other
        from marts.kpi_identity where source = '(all)'
    """).fetchall()
    assert reasons == [(2, 1, 0, 0, 1, 1, 0)]


def test_the_parent_became_a_customer_when_its_first_child_did(sql: Sql) -> None:
    rows = sql.execute("""
        select customer_id, strftime(became_customer_date, '%m-%d') from intermediate.int_customers order by 1
    """).fetchall()
    # acc_child won on 20 February, acc_group on 20 April; shop bought in March, chain in May; c1 has no parent.
    assert rows == [("acc_group", "02-20"), ("c1", "02-09"), ("chain", "03-02")]


def test_an_account_has_the_customer_of_the_one_it_was_merged_into(sql: Sql) -> None:
    rows = sql.execute("select account_key, customer_id, parent_account_id from marts.bridge_accounts").fetchall()
    assert sorted(rows) == [
        ("acc_child", "acc_group", "acc_group"),
        ("acc_group", "acc_group", None),
        ("acc_group_old", "acc_group", None),
        ("chain", "chain", None),
        ("company:5", "company:5", None),
        ("company:7", "company:5", None),
        ("shop", "chain", "chain"),
    ]


def test_contacts_of_one_company_are_persons_of_one_customer(sql: Sql) -> None:
    query = "select customer_id from intermediate.int_persons where person_id in (?, ?)"
    assert sql.execute(query, [key_number("hs_five"), key_number("hs_seven")]).fetchall() == [
        ("company:5",),
        ("company:5",),
    ]


def test_what_changes_a_month_that_was_over_is_listed(sql: Sql) -> None:
    rows = sql.execute(f"""
        select names.name, strftime(effective_date, '%m-%d'), reason, stage, strftime(month, '%m'), delta
        from marts.fct_person_restatements inner join ({NAMES}) as names using (person_id)
        order by names.name, effective_date, month
    """).fetchall()
    # The later of two reached dates is lost. run_1 and run_2 were both of May, the month of their merge; lead_conv
    # became a contact of the same day; late_erased counts as before. spam and test have only the day of their export.
    assert rows == [
        ("ch_1", "04-05", "merge", "lead", "02", -1),
        ("ch_1", "05-06", "merge", "lead", "03", -1),
        ("hs_a", "02-01", "merge", "lead", "01", -1),
        ("hs_left", "05-01", "merge", "lead", "01", -1),
        ("late_spam", "05-05", "spam", "lead", "02", -1),
        ("late_spam", "05-05", "spam", "mql", "03", -1),
        ("lead_loser", "06-30", "merge", "lead", "01", -1),
        ("re_a", "05-07", "merge", "lead", "02", -1),
        ("re_a", "05-07", "merge", "mql", "03", -1),
        ("spam", "06-30", "spam", "lead", "01", -1),
        ("test", "06-30", "test", "lead", "01", -1),
    ]


def test_the_ledger_says_which_entries_count(sql: Sql) -> None:
    rows = sql.execute(f"""
        select names.name, stage, strftime(entered_date, '%m-%d'), evidence, cycle_no, is_repeat, is_counted, has_reason
        from marts.fct_stage_events inner join ({NAMES}) as names using (person_id)
        where names.name in ('rejected', 'hs_back') order by names.name, entered_date
    """).fetchall()
    # A step back to Lead closes nothing, so the MQL seen again on 20 March repeats. The rejection of 26 March has no
    # cycle left to close, and "Rejected" is no reason.
    assert rows == [
        ("hs_back", "lead", "03-01", "timestamp", None, False, True, False),
        ("hs_back", "mql", "03-02", "snapshot", 1, False, True, False),
        ("hs_back", "mql", "03-20", "snapshot", 1, True, False, False),
        ("rejected", "lead", "03-01", "timestamp", None, False, True, False),
        ("rejected", "mql", "03-02", "timestamp", 1, False, True, False),
        ("rejected", "rejected", "03-05", "timestamp", 1, False, True, True),
        ("rejected", "mql", "03-20", "timestamp", 2, False, True, False),
        ("rejected", "mql", "03-21", "timestamp", 2, True, False, False),
        ("rejected", "rejected", "03-25", "timestamp", 2, False, True, False),
        ("rejected", "rejected", "03-26", "timestamp", None, False, False, False),
    ]


def test_the_bridge_says_what_a_record_is_and_what_ties_it(sql: Sql) -> None:
    rows = sql.execute(f"""
        select record_key, names.name, role, evidence, exclusion_reason
        from marts.bridge_person_records left join ({NAMES}) as names using (person_id)
        where record_key in ('hs_left', 'lead_conv', 'mail', 'erased', 'spam') order by record_key
    """).fetchall()
    assert rows == [
        ("erased", "erased", "tombstone", "alone", None),
        ("hs_left", "hs_left", "merged_away", "merge", None),
        ("lead_conv", "con_conv", "converted", "conversion", None),
        ("mail", "hs_mail", "surviving", "email", None),
        ("spam", None, "tombstone", "alone", "spam"),
    ]


@pytest.mark.parametrize(
    ("mutation", "named"),
    [
        ("delete from marts.bridge_person_records where record_key = 'mail'", ["mail"]),
        ("update marts.bridge_person_records set person_id = 7 where record_key = 'spam'", ["7", "spam"]),
        (
            "insert into marts.bridge_person_records from marts.bridge_person_records where record_key = 'spam'",
            ["spam"],
        ),
        (
            "update marts.kpi_identity set persons = 7 where source = 'hubspot_contact'",
            ["all sources", "hubspot_contact"],
        ),
    ],
    ids=["a record is lost", "a record counts and has a reason", "a record is there twice", "a person too many"],
)
def test_a_record_without_one_fate_holds_the_run(settings: Settings, mutation: str, named: list[str]) -> None:
    assert broken(settings, "assert_every_record_is_a_person_or_has_a_reason", mutation) == named


@pytest.mark.parametrize(
    ("identity", "mutation", "named"),
    [
        ("assert_each_account_has_one_customer",
         "delete from marts.bridge_accounts where account_key = 'company:5'", ["company:5"]),
        ("assert_each_account_has_one_customer",
         "update marts.bridge_accounts set customer_id = 'x' where account_key = 'acc_group_old'", ["acc_group"]),
        ("assert_each_account_has_one_customer",
         "insert into marts.bridge_accounts from marts.bridge_accounts where account_key = 'shop'", ["shop"]),
        ("assert_no_account_is_its_own_parent",
         "update marts.bridge_accounts set is_in_circle = true where account_key = 'shop'", ["shop"]),
    ],
    ids=["an account is lost", "merged accounts have two customers", "an account has two customers", "a circle"],
)  # fmt: skip
def test_an_account_without_one_customer_holds_the_run(
    settings: Settings, identity: str, mutation: str, named: list[str]
) -> None:
    assert broken(settings, identity, mutation) == named


@pytest.mark.parametrize(
    ("mutation", "named"),
    [
        ("delete from marts.fct_person_restatements where person_id = {re_a} and stage = 'lead'", ["lead 2026-02-01"]),
        ("update marts.fct_person_restatements set delta = -2 where person_id = {late_spam} and stage = 'mql'",
         ["mql 2026-03-01"]),
        ("update intermediate.int_person_steps set reached_2 = '2026-04-01' where person_id = {re_a}",
         ["mql 2026-02-01", "mql 2026-04-01"]),
    ],
    ids=["a delta is lost", "a delta is too large", "the funnel moved without one"],
)  # fmt: skip
def test_months_that_do_not_add_up_hold_the_run(settings: Settings, mutation: str, named: list[str]) -> None:
    assert broken(settings, "assert_restated_months_add_up", mutation.format(**PERSONS)) == named
