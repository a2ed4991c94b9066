"""What the tests stand on: databases, a browser, the run over both databases."""
