"""Duet: exports in, certified KPI tables out."""
