"""Nothing is lost between a file and the marts: counted again from the lake's own files, past every model."""

from pathlib import Path

from orchestration.publish.gate.guard import Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.spend_of_files import load, parts_of

ROWS_OF_PARTS = "select file_name, num_rows from parquet_file_metadata($parts)"
ACCOUNTS = "select count(*) from files_say"
DIFFERENT = """
select coalesce(marts.source, files_say.source), coalesce(marts.account, files_say.account),
    coalesce(marts.currency, files_say.currency), marts.spend, files_say.spend
from (
    select source, platform, account_id as account, currency, sum(spend_in_currency) as spend
    from candidate.marts.fct_spend group by all
) as marts
full join files_say
    on marts.source = files_say.source and marts.platform = files_say.platform and marts.account = files_say.account
    and marts.currency is not distinct from files_say.currency
where abs(coalesce(marts.spend, 0) - coalesce(files_say.spend, 0)) >= 0.01
order by all
"""


def parts_hold_every_row(history: History) -> Seen:
    """Rows of each part on disk against those that its manifest says were loaded."""
    counted: dict[str, int] = {}
    for there in parts_of(history).values():
        found = history.rows(ROWS_OF_PARTS, parts=there)
        counted |= {Path(str(name)).stem: rows for name, rows in found}
    return Seen(
        [
            f"{file.name}: {file.rows['loaded']:,} rows were loaded, its part has {counted.get(file.file_id, 0):,}"
            for file in history.files
            if counted.get(file.file_id) != file.rows["loaded"]
        ],
        f"{sum(counted.values()):,} rows in {len(counted)} files",
    )


def spend_is_that_of_the_files(history: History) -> Seen:
    """Spend in fct_spend against the rows of the newest exports, to the cent."""
    load(history)
    [(accounts,)] = history.rows(ACCOUNTS)
    return Seen(
        [
            f"{source} {account or '(no account)'}: {spend or 0:,.2f} {currency or '(no currency)'} in fct_spend, "
            f"{files or 0:,.2f} {currency or '(no currency)'} in the files"
            for source, account, currency, spend, files in history.rows(DIFFERENT)
        ],
        f"{accounts} accounts and currencies, to the cent",
    )


GUARDS = [
    Guard(
        "conservation.parts_hold_every_row",
        "each part of the lake holds the rows that were loaded from its file",
        parts_hold_every_row,
        "the lake was changed by hand or by a bad disk: delete data/lake and run `duet refresh`",
        severity="block",
        identity="conservation",
        subject="lake",
    ),
    Guard(
        "conservation.spend_is_that_of_the_files",
        "spend of each platform, account and currency is that of the newest exports, counted past every model",
        spend_is_that_of_the_files,
        "spend was lost or doubled before fct_spend: compare int_ad_current_exports with the account's exports",
        severity="block",
        identity="conservation",
        subject="fct_spend",
    ),
]
