{{ stage_ads("microsoft_ads", "accounts") }}
