{{ stage_ads("apple_search_ads", "accounts") }}
