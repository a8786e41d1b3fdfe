"""What people read: headline KPIs, one KPI, the state of the house. Reads published files only."""
