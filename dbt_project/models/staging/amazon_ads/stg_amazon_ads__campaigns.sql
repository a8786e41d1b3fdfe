{{ stage_ads("amazon_ads", "campaigns") }}
