"""What is made up for the demonstration, computed the same way every time."""
