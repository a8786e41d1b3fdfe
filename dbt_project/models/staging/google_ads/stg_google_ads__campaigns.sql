{{ stage_ads("google_ads", "campaigns") }}
