"""What a believable spend mix looks like."""

from expectations.believable import no_rows, one_of, within

SUITE = [
    one_of("purpose", ["brand", "activation", "backstage", "retention"], "every cost has one of the four purposes"),
    within("spend_share", 0, 1, "a purpose has between nothing and all of the spend", "warn"),
    no_rows(
        "campaigns_are_tagged",
        "select period from {batch} where grain = 'year' and is_complete group by period "
        "having sum(untagged_amount) > 0.05 * sum(amount)",
        "at most five percent of a year's spend have a purpose only by default",
        "warn",
        "say in the seed campaign_purposes what the campaigns are for that fct_spend shows as not is_purpose_tagged",
    ),
]
