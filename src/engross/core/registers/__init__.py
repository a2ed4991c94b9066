"""What a register's file looks like, and how its cells are read."""
