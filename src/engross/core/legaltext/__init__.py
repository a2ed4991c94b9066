"""What holds of the code's text, whoever stores it."""
