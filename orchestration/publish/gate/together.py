"""Words that never stood together in a record: a won deal that is not closed, a stage without the day of the stage."""

from collections.abc import Iterator, Sequence

from orchestration.publish.gate.chance import AT_LEAST, is_more_frequent
from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors
from orchestration.publish.gate.words import WORDS, words_of

# Records that say the same are counted once, with how many they are.
ALIKE = """
create or replace temp table alike as
with counted as (select *, count(*) as records from ({known}) group by all),
numbered as (select *, row_number() over () as combination from counted)
unpivot numbered on columns(* exclude (combination, records, is_new)) into name "column" value word
"""
UNHEARD_OF = f"""
with lists as (select "column" from alike where not is_new group by all having count(distinct word) <= {WORDS}),
listed as (select * from alike semi join lists using ("column")),
words as (select "column", word, sum(records) as records from listed where not is_new group by all),
pairs as (
    select one."column" as given, one.word as given_word, other."column" as "column", other.word,
        coalesce(sum(one.records) filter (one.is_new), 0) as new,
        coalesce(sum(one.records) filter (not one.is_new), 0) as known
    from listed as one
    inner join listed as other using (combination)
    where one."column" <> other."column"
    group by all
),
of_given as (select "column" as given, word as given_word, sum(records) as new from listed where is_new group by all)
select given, given_word, pairs."column", pairs.word, pairs.new, of_given.new, words.records
from pairs
inner join words on pairs.given = words."column" and pairs.given_word = words.word
inner join of_given using (given, given_word)
semi join words as heard on pairs."column" = heard."column" and pairs.word = heard.word
where pairs.known = 0 and pairs.new > {FEW} and words.records >= {AT_LEAST}
order by pairs.new * ln(words.records) desc, given, given_word, pairs."column", pairs.word
"""


def what_never_met_stays_apart(history: History) -> Seen:
    """Words, flags and gaps of new and changed records, two by two, against all records before and as they came.

    Both words are known, and one of them often enough to show with what it goes.
    """
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _met(one)])


def _met(one: Successor) -> Iterator[str]:
    asked = words_of(one)
    if len(asked) < 2:
        return
    known = [one.records.was, *(records.new for records in one.earlier)]
    fresh = [one.records.new]
    if one.says_when_touched:
        known += [records.touched for records in one.earlier]
        fresh.append(one.records.touched)
    columns = ", ".join(f'{expression} as "{name}"' for name, expression in asked.items())
    one.history.conn.execute(
        ALIKE.format(known=_of(fresh, columns, "true") + " union all " + _of(known, columns, "false"))
    )
    told: set[str] = set()
    for given, given_word, name, word, new, whole, before in one.history.rows(UNHEARD_OF):
        if {given, name} & told or not is_more_frequent({"met": new, "": whole - new}, {"": before}, "met"):
            continue
        told |= {given, name}
        yield (
            f"{one.name}: {name} is {word or 'empty'} where {given} is {given_word or 'empty'} in {new:,} new or "
            f"changed records, in none of {before:,} before"
        )


def _of(relations: Sequence[str], columns: str, is_new: str) -> str:
    return " union all ".join(f"select {columns}, {is_new} as is_new from {relation}" for relation in relations)


GUARDS = [
    Guard(
        "together.what_never_met_stays_apart",
        "new and changed records say nothing together that no record said, where one of it is said often",
        what_never_met_stays_apart,
        "look whether columns of the export were exchanged, emptied or filled by another rule; approve it if not",
        owner="sales operations",
    ),
]
