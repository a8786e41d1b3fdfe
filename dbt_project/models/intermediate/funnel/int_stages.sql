{{ funnel_stages() }}
