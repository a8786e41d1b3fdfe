"""B. Encoding, dialect, values."""

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import (
    CAMPAIGN,
    CAMPAIGNS,
    GATE_FILES,
    GOOD,
    MANY,
    PEOPLE,
    PERSON,
    SPEND,
    Case,
    bad,
    spend,
)
from tests.ingest.ingest_files import Landing

CASES = [
    Case("B01", "UTF-8 byte order mark", "accepted", b"\xef\xbb\xbf" + spend().encode(), loaded=1),
    Case("B02", "UTF-16 with byte order mark", "accepted", b"\xff\xfe" + spend().encode("utf-16-le"), loaded=1),
    Case("B02", "UTF-16 big-endian", "accepted", b"\xfe\xff" + spend().encode("utf-16-be"), loaded=1),
    Case("B02", "UTF-16 without its mark", "file rejected", spend().encode("utf-16-le"), "byte order mark"),
    Case(
        "B03", "Windows text: every contract takes it, with a note", "accepted",
        spend("2026-03-01,google,1,EUR,3,Zürich").encode("cp1252"), "read as Windows text (cp1252)", loaded=2,
    ),
    Case("B04", "mojibake such as ZÃ¼rich", "held", proved_by=GATE_FILES + "test_broken_letters_hold"),
    Case("B05", "semicolons", "accepted", spend().replace(",", ";"), loaded=1),
    Case("B05", "tabs", "accepted", spend().replace(",", "\t"), loaded=1),
    Case("B06", "decimal comma", "accepted", spend().replace(",", ";").replace("10.50", "10,50"), loaded=1),
    Case("B06", "both decimal marks in one column", "row rejected", bad('2026-03-02,google,"1.234,5",EUR,3,x'), "1.234,5"),
    *(
        Case("B07", f"thousands {figure!r}", "accepted", spend(f'2026-03-01,google,"{figure}",EUR,3,x'), loaded=2)
        for figure in ("1,234.50", "1 234.50", "1\u00a0234.50", "1\u202f234.50", "1'234.50", "1’234.50")
    ),
    *(
        Case("B08", f"figure {figure!r}", "row rejected", bad(f"2026-03-01,google,{figure},EUR,3,x"), "'spend'")
        for figure in ("€1.00", "1.00 €", "5%", "< 10%", "(1.00)", "1.00-")
    ),
    *(
        Case(
            "B09", f"sign for nothing {sign!r} in a figure", "accepted",
            CAMPAIGNS + CAMPAIGN + CAMPAIGN.replace(",3,1\n", f",3,{sign}\n"), loaded=2,
        )
        for sign in (" --", "--", "")
    ),
    Case("B09", "sign for nothing that the contract does not know", "row rejected", bad("2026-03-01,google,n/a,EUR,3,x"), "'n/a'"),
    Case("B09", "nothing where a key must be", "row rejected", bad("2026-03-01,,1,EUR,3,x"), "found nothing"),
    Case("B10", "control characters in a text", "accepted", spend("2026-03-01,google,1,EUR,3,Br\x00an\x07d"), loaded=2),
    Case("B10", "a control character in a key", "row rejected", bad("2\x07,2026-03-01,a@example.com", PEOPLE, PERSON), "person_id"),
    Case("B11", "CR, LF and CRLF mixed", "accepted", SPEND.strip() + "\r\n" + GOOD + GOOD.strip() + "\r" + GOOD, loaded=3),
    Case(
        "B11", "… and the physical line is kept", "row rejected",
        SPEND + GOOD * MANY + GOOD.strip() + "\r" + GOOD.strip() + "\r\n" + GOOD.replace("EUR", "EURO"), "line 1504",
    ),
    Case("B12", "a quote that never closes", "file rejected", spend('2026-03-01,google,1,EUR,3,"Bra'), "line 3: found a quote"),
    Case("B13", "a line break inside a name", "accepted", spend('2026-03-01,google,1,EUR,3,"two\nlines"'), loaded=2),
    Case(
        "B13", "… and the line behind it is physical", "row rejected",
        bad('2026-03-01,google,1,EUR,3,"two\nlines"\n2026-03-01,google,1x,EUR,3,x'), "line 1504",
    ),
    Case("B14", "a cell of 3 MB", "row rejected", bad(f"2026-03-01,google,1,EUR,3,{'x' * 3_000_000}"), "3,000,0"),
    Case("B15", "a short row", "row rejected", bad("2026-03-01,google,1"), "3 cells; expected 6 cells"),
    Case("B15", "a long row", "row rejected", bad("2026-03-01,google,1,EUR,3,x,more"), "7 cells; expected 6 cells"),
    Case(
        "B16", "one name with a NBSP, a zero-width space, decomposed, with spaces around", "accepted",
        steps=lambda landing: _one_name(landing),
    ),
    Case(
        "B17", "an id that a spreadsheet rounded", "row rejected",
        CAMPAIGNS + CAMPAIGN * MANY + CAMPAIGN.replace("120236846902150299", "1.23457E+15"), "A spreadsheet has changed it",
    ),
    Case(
        "B17", "an id with decimals", "row rejected",
        CAMPAIGNS + CAMPAIGN * MANY + CAMPAIGN.replace("120236846902150299", "123.0"), "A spreadsheet has changed it",
    ),
    Case("B18", "a date that could be two days", "row rejected", bad("01/02/2026,google,1,EUR,3,x"), "'01/02/2026'"),
    Case("B18", "all dates could be two days", "file rejected", SPEND + GOOD.replace("2026-03-01", "01/02/2026") * 3, "'01/02/2026'"),
    Case("B19", "a spreadsheet's day number", "row rejected", bad("46023,google,1,EUR,3,x"), "'46023'"),
    Case("B19", "a month in words that no contract expects", "row rejected", bad("1 mars 2026,google,1,EUR,3,x"), "'1 mars 2026'"),
    *(
        Case("B20", f"placeholder {day}", "row rejected", bad(f"{day},google,1,EUR,3,x"), f"'{day}'")
        for day in ("0000-00-00", "1970-01-01", "9999-12-31", "2026-02-30")
    ),
    Case("B20", "infinity", "row rejected", bad("infinity,google,1,EUR,3,x"), "'date'"),
    Case("B21", "a fraction of a click", "row rejected", bad("2026-03-01,google,1,EUR,5.7,x"), "'5.7'"),
    Case("B21", "a fraction of a modelled conversion", "accepted", CAMPAIGNS + CAMPAIGN.replace(",1\n", ",4.416667\n"), loaded=1),
    Case("B22", "more decimals than the lake holds", "row rejected", bad("2026-03-01,google,1.123456789,EUR,3,x"), "'1.123456789'"),
    Case("B22", "decimals that are zero", "accepted", spend("2026-03-01,google,1.1000000000000,EUR,3,x"), loaded=2),
    Case("B23", "a figure too large", "row rejected", bad("2026-03-01,google,99999999999999999999,EUR,3,x"), "'99999999999999999999'"),
    Case("B23", "a count too large", "row rejected", bad("2026-03-01,google,1,EUR,99999999999999999999,x"), "'99999999999999999999'"),
    *(
        Case("B24", f"{figure} is no figure", "row rejected", bad(f"2026-03-01,google,{figure},EUR,3,x"), "'spend'")
        for figure in ("nan", "inf", "-inf", "NaN", "1e400")
    ),
    Case("B24", "-0 is zero: a decimal has but one", "accepted", spend("2026-03-01,google,-0,EUR,3,x"), loaded=2),
    *(
        Case(
            "B25", f"{word!r} is true or false", "accepted",
            f"person_id,created_at,email,is_test\n1,2026-03-01,a@example.com,{word}\n", loaded=1,
        )
        for word in ("TRUE", "1", "yes", "ja", "0", "nein", "False")
    ),
    Case(
        "B25", "another word", "row rejected",
        bad("2,2026-03-01,a@example.com,perhaps", "person_id,created_at,email,is_test\n", "1,2026-03-01,a@example.com,no\n"),
        "true or false",
    ),
    Case("B26", "emoji and characters of four bytes", "accepted", spend("2026-03-01,google,1,EUR,3,Brand 🚀 𝔘"), loaded=2),
    Case(
        "B26", "one letter of a UTF-8 text cut in half", "row rejected",
        bad("2026-03-01,google,1,EUR,3,Zürich", good=GOOD.replace("Brand", "Köln")).encode() + b"2026-03-01,google,1,EUR,3,Z\xc3\n", "line 1503",
    ),
    Case(
        "B26", "half a surrogate pair among good UTF-8", "row rejected",
        bad("2026-03-01,google,1,EUR,3,Zürich").encode() + b"2026-03-01,google,1,EUR,3,\xed\xa0\x80\n", "line 1503",
    ),
]  # fmt: skip


def _one_name(landing: Landing) -> FileOutcome:
    names = [
        "Café Brand",
        "Cafe\u0301 Brand",
        "Café\u00a0Brand",
        "Café\u200b Brand",
        " Café Brand ",
        "\u200eCafé Brand",
    ]
    outcome = landing.outcome("export.csv", spend(*(f"2026-03-01,google,1,EUR,3,{name}" for name in names)))
    assert {name for (name,) in landing.rows("template/ad_spend", "campaign")} == {"Brand", "Café Brand"}
    return outcome
