{{ stage_ads("linkedin_ads", "ads") }}
