"""What the new records of an export say, against those that came with the exports before it."""

from collections.abc import Iterator, Sequence

from orchestration.publish.gate.chance import AT_LEAST, SURPRISE, surprise
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors

# A column of more words than these is no list to choose from.
WORDS = 20
# A day has four parts.
HOURS, WEEK = 6, 7
TOLD = ("text", "boolean")
Words = dict[str, dict[str, int]]


def newcomers_are_like_those_before(history: History) -> Seen:
    """Each word, flag or gap of the new records against those that came with earlier exports."""
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _unlike(one)])


def _unlike(one: Successor) -> Iterator[str]:
    """New records against all before them, and against those that were new then: a record fills up with time.

    Rows of a sheet stay as they were written. Records that were changed since are held against those changed before.
    """
    now, ever = _words(one, [one.records.new]), _words(one, [one.records.was])
    suspects = _surprises(now, ever)
    if suspects:
        young = ever if one.is_sheet else _words(one, [records.new for records in one.earlier])
        yield from _told(one, "new", suspects, now, young)
    if one.says_when_touched:
        now = _words(one, [one.records.touched])
        before = _words(one, [records.touched for records in one.earlier])
        yield from _told(one, "changed", _surprises(now, before), now, before)


def _surprises(now: Words, known: Words) -> list[tuple[str, str]]:
    """Columns and words that are more or less frequent than chance allows, first what there is and then what is not."""
    return [
        (name, word)
        for name in now
        if len(known[name]) <= WORDS
        for word in sorted(now[name].keys() | known[name].keys(), key=lambda word: (-now[name].get(word, 0), word))
        if surprise(now[name], known[name], word) > SURPRISE
    ]


def _told(one: Successor, kind: str, suspects: list[tuple[str, str]], now: Words, known: Words) -> Iterator[str]:
    told: set[str] = set()
    for name, word in suspects:
        if name in told or sum(known[name].values()) < AT_LEAST or surprise(now[name], known[name], word) <= SURPRISE:
            continue
        told.add(name)
        part, whole = now[name].get(word, 0), sum(now[name].values())
        yield f"{one.name}: {name} is {word or 'empty'} in {part:,} of {whole:,} {kind} records, unlike before"


def _words(one: Successor, relations: Sequence[str]) -> Words:
    """How often each word of each column stands in some records."""
    asked = _asked(one)
    found: Words = {name: {} for name in asked}
    if relations:
        columns = ", ".join(f'{expression} as "{name}"' for name, expression in asked.items())
        union = " union all ".join(f"select {columns} from {relation}" for relation in relations)
        for name, word, count in one.history.rows(
            f"select name, word, count(*) from (unpivot ({union}) on columns(*)) as t(name, word) group by all"
        ):
            found[name][word] = count
    return found


def words_of(one: Successor) -> dict[str, str]:
    """Columns as words: texts and flags as they are, of others whether there is one."""
    told, amounts = one.of_type(*TOLD), one.of_type("money", "number")
    found = {}
    for name in (*told, *one.of_type("timestamp"), *amounts, *one.of_type("date", "key")):
        if name in one.measured or (one.is_sheet and name in told):
            zero = f"when {name} = 0 then 'zero'" if name in amounts else ""
            is_there = f"case when {name} is null then '' {zero} else 'filled in' end"
            found[name] = f"coalesce(cast({name} as varchar), '')" if name in told else is_there
    return found


def _asked(one: Successor) -> dict[str, str]:
    """Every column as words, and when moments were.

    Whoever exports every hour has morning and evening records, and every day Mondays and Sundays: then nobody asks.
    """
    asked = words_of(one)
    for name in one.of_type("timestamp"):
        if one.days_since_before >= 1:
            asked[f"hour of {name}"] = f"format('{{:02}}:00 or later', hour({name}) // {HOURS} * {HOURS})"
        if one.days_since_before >= WEEK:
            asked[f"weekday of {name}"] = f"dayname({name})"
    return asked


GUARDS = [
    Guard(
        "words.are_like_those_before",
        "words, flags and gaps of new records are about as frequent as they were",
        newcomers_are_like_those_before,
        "look whether a form, a mapping or the columns of the export changed; approve it if business did",
        owner="sales operations",
    ),
]
