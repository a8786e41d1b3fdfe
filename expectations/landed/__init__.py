"""What believable exports look like as they landed, before any model: one suite per view of the lake."""

from expectations.believable import Believable, no_rows

LEAVE_OUT = "correct the export and land it again, or take it back: `duet forget FILE`"


def named(name: str, condition: str, fact: str) -> Believable:
    """No landed row meets a condition; the remedy is in the export, because no model has seen it yet."""
    return no_rows(name, f"select 1 from {{batch}} where {condition}", fact, remedy=LEAVE_OUT)


def keyed(*columns: str) -> Believable:
    """What identifies a person is a keyed hash, never an address or a name."""
    conditions = " or ".join(f"not regexp_full_match({column}, '[0-9a-f]{{{{32}}}}')" for column in columns)
    return named("people_are_keyed", conditions, "people stand in the lake as keyed hashes, never by address or name")


def dated(column: str) -> Believable:
    """A day lies where an export can know it."""
    condition = f"{column} < timestamp '2000-01-01' or {column} > exported_at + interval 2 day"
    return named(f"{column}_is_before_the_export", condition, f"{column} lies after 1999 and before its export")


def in_one_currency(column: str = "currency") -> Believable:
    """A currency is a code."""
    return named(f"{column}_is_a_code", f"not regexp_full_match(trim({column}), '[A-Za-z]{{{{3}}}}')",
                 f"{column} is an ISO 4217 code or missing")  # fmt: skip


def traced() -> Believable:
    """Every row leads back to its file."""
    condition = "file_id is null or file_row is null or exported_at is null"
    return named("rows_know_their_file", condition, "every row knows its file, its row there and when it was exported")
