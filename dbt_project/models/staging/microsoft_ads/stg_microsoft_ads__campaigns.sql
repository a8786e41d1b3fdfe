{{ stage_ads("microsoft_ads", "campaigns") }}
