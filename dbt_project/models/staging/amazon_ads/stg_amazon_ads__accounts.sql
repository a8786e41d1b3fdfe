{{ stage_ads("amazon_ads", "accounts") }}
