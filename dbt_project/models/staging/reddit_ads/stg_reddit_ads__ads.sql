{{ stage_ads("reddit_ads", "ads") }}
