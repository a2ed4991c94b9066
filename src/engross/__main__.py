"""`python -m engross` does what `engross` does."""

from engross.cli import main

if __name__ == "__main__":
    main(prog_name="engross")
