"""How a proposal may move: the code's own process, read from its data and run."""
