{{ stage_ads("x_ads", "campaigns") }}
