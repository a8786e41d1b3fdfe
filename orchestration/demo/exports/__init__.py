"""One module per dialect: the company as its systems would export it."""
