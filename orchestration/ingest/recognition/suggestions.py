"""What a header that nobody declared looks like: a hint for a person, never a guess of the reader."""

import difflib

from orchestration.ingest.recognition.headers import Match, normalised

CLOSE = 0.75


def suggestions(match: Match) -> dict[str, str]:
    """For each unknown header of a file, the column of its own format that it may be another spelling of."""
    open_columns = {
        normalised(header): (column, header)
        for column, binding in match.form.columns.items()
        if column not in match.mapping
        for header in binding.headers
    }
    found = {}
    for place in match.unknown:
        name = match.names[place]
        if close := difflib.get_close_matches(name, open_columns, n=1, cutoff=CLOSE):
            column, header = open_columns[close[0]]
            found[match.cells[place].strip()] = (
                f"looks like {header!r} ({column}) of {match.source}/{match.form.stream}; "
                f"if it is, add it to {match.name} in sources/{match.source}.yml"
            )
    return found
