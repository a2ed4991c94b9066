"""Which provision of a new text is which of an old one: what comparison finds and changes need."""

from dataclasses import dataclass, field

from engross.core.legaltext.places import Places

NONE = -1


@dataclass
class Aligned:
    """Two texts and the pairs between them.

    `new_of[n]` is the node of the new text that the old node `n` became, NONE where it was deleted;
    `old_of` is the same the other way. Documents are nodes too, and pair only with documents.
    `splits` gives, for an old node whose text was parted, the new nodes that hold its parts, in
    order and its own pair first; `joins`, for a new node, the old nodes whose texts it holds, in
    order and its own pair first. The other nodes of a split or join have no pair.
    """

    old: Places
    new: Places
    new_of: list[int]
    old_of: list[int]
    splits: dict[int, tuple[int, ...]] = field(default_factory=dict)
    joins: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def inverse(self) -> "Aligned":
        """Return the same the other way round: what was split is joined."""
        return Aligned(self.new, self.old, self.old_of, self.new_of, self.joins, self.splits)
