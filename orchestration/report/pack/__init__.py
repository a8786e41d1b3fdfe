"""The KPI pack: one page about one certified version, which fetches nothing and can be mailed, printed or archived."""
