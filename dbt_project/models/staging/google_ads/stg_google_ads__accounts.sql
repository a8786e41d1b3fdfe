{{ stage_ads("google_ads", "accounts") }}
