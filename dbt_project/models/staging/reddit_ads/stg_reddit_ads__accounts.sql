{{ stage_ads("reddit_ads", "accounts") }}
