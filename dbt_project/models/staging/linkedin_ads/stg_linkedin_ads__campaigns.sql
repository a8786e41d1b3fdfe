{{ stage_ads("linkedin_ads", "campaigns") }}
