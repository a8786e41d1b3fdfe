"""What each KPI means, said once: for the marts, the semantic layer, the pack, BI tools and the docs."""
