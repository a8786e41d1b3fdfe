"""What a believable gap between the amounts of two CRMs looks like."""

from expectations.believable import has_rows, no_rows, one_of, within

SUITE = [
    has_rows("open and won deals have a row each", 2),
    one_of("status", ["open", "won"], "the gap is bridged for open and for won deals"),
    within("deals_without_amount", 0, None, "no fewer than zero deals lack an amount"),
    no_rows(
        "the_gap_is_small",
        "select * from {batch} where marketing_amount > 0 and sales_amount > 0 and abs(gap) > 0.15 * sales_amount",
        "the CRMs differ by no more than 15 per cent of what sales has",
        severity="warn",
        remedy="the largest part in kpi_crm_gap says where to begin; correct the records, not the figure",
    ),
]
