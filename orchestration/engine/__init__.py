"""How the two engines are called: DuckDB connections, dbt and its manifest."""
