"""What `make check` looks for beyond the tools of others, and what makes pictures."""
