"""What a run says of its files: once for all that share a remark, and by what became of them."""

from orchestration.ingest.keeping.outcome import FileOutcome, IngestReport, grouped


def test_files_that_share_a_remark_are_one_line() -> None:
    remarks = [("a.csv", "no clicks"), ("b.csv", "cut off"), ("c.csv", "no clicks"), ("d.csv", "no clicks")]
    assert grouped(remarks) == ["a.csv and 2 more files: no clicks", "b.csv: cut off"]


def test_files_are_found_by_what_became_of_them() -> None:
    loaded, known = FileOutcome("a.csv", "aa", "loaded"), FileOutcome("b.csv", "bb", "known")
    broken = FileOutcome("c.csv", "cc", "rejected")
    report = IngestReport([loaded, known, broken])
    assert report.with_status("known", "rejected") == [known, broken]
    assert report.rejected == [broken]
    assert (report.changed, IngestReport([known]).changed) == (True, False)


def test_many_strange_columns_are_counted_from_the_eleventh_on() -> None:
    file = FileOutcome("a.csv", "aa", "loaded", unknown_columns=[f"c{number}" for number in range(12)], notes=["note"])
    names = ", ".join(f"'c{number}'" for number in range(10))
    assert file.remarks == ["note", f"kept aside, for no reader knows it: {names} and 2 more"]
    file.unknown_columns = file.unknown_columns[:10]
    assert file.remarks == ["note", f"kept aside, for no reader knows it: {names}"]
    file.unknown_columns = []
    assert file.remarks == ["note"]
