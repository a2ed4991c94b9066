"""What a person says about their follows."""

from django import forms

from engross.core.following import Rhythm

CHOICES = [(each.value, each.label) for each in Rhythm]


class FollowForm(forms.Form):
    """What is to be followed, or no longer."""

    kind = forms.CharField(max_length=20)
    key = forms.CharField(max_length=120, required=False)


class RhythmForm(forms.Form):
    """How often to be told: of one follow, or of all if none is named."""

    follow = forms.IntegerField(min_value=1, required=False)
    rhythm = forms.ChoiceField(choices=CHOICES)
