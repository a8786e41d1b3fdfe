{{ stage_ads("x_ads", "accounts") }}
