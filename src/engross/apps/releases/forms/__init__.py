"""What a person asks of the lists, drafts, composes, decides and publishes."""

from engross.apps.releases.forms.composing import (
    ComposeForm,
    DecisionForm,
    PublishForm,
    WhyForm,
)
from engross.apps.releases.forms.drafting import ClassForm, DraftForm, PartsForm
from engross.apps.releases.forms.lists import AsAtForm, ReleaseFilterForm, VersionFilterForm

__all__ = [
    "AsAtForm",
    "ClassForm",
    "ComposeForm",
    "DecisionForm",
    "DraftForm",
    "PartsForm",
    "PublishForm",
    "ReleaseFilterForm",
    "VersionFilterForm",
    "WhyForm",
]
