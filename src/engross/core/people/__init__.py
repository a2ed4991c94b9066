"""Who people are to a code, and what a program may do in their name."""
