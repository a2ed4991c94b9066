"""The register of the code's versions."""

from engross.apps.legaltext.models import CodeVersion, CodeVersionDetails
from engross.apps.registers.registers import Register, add_register
from engross.core.registers.columns import Column, Kind
from engross.core.registers.timelines import Telling

code_versions = add_register(
    Register(
        name="code-versions",
        title="Code versions",
        meaning="Each version of the code: when it took effect, and what made it",
        model=CodeVersionDetails,
        columns=(
            Column("version", "The version's number", Kind.IDENTIFIER, required=True,
                   identifies=True, longest=40, example="46.0"),
            Column("effective_on", "The day it took effect", Kind.DAY, required=True,
                   example="2021-09-22"),
            Column("published_on", "The day it was published, where known", Kind.DAY),
            Column("cause", "What made it", Kind.CHOICE, choices="version_reasons",
                   example="modification"),
            Column("key_changes", "What changed, in a sentence", longest=1000),
        ),
        key=("version",),
        order=("effective_on", "version"),
        day="effective_on",
        filters=("cause",),
        tells=(
            Telling("effective_on", "Took effect", ("{cause}", "{key_changes}")),
            Telling("published_on", "Published"),
        ),
        identity=CodeVersion,
    )
)  # fmt: skip
