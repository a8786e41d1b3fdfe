"""The Superset dashboard as code: written from the dictionary of KPIs, zipped for one database or another."""
