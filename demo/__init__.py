"""The demonstration: records of our own, from which published papers come out again."""
