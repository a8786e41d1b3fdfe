"""What Duet promises, each with the trial that it must stand: run by `make trust`, a sample of each by `make test`."""
