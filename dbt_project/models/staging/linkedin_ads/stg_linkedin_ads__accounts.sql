{{ stage_ads("linkedin_ads", "accounts") }}
