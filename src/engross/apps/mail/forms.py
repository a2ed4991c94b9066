"""What staff ask of the outbox."""

from django import forms

from engross.apps.mail.models import State


class OutboxForm(forms.Form):
    """Which mails to show."""

    q = forms.CharField(label="Subject, address or template", max_length=200, required=False)
    state = forms.ChoiceField(
        choices=[("", "Any"), *State.choices], required=False, label="What became of it"
    )

    def asked(self) -> dict[str, str]:
        """Return what was asked; what is not understood asks nothing."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {"state": cleaned.get("state", ""), "words": cleaned.get("q", "")}


class BounceForm(forms.Form):
    """Why a mail came back."""

    reason = forms.CharField(
        label="What the returned mail says",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
