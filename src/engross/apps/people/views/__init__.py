"""The pages about people: asking for an account, managing a Party's people, what staff do."""
