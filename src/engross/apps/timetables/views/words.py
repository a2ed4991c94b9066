"""How a forecast is said: its days, why there are none, and what it rests on."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from engross.apps.registers.queries import active_code
from engross.core.proposals.forecasting.hindsight import Held
from engross.core.proposals.forecasting.told import Forecast, Interval, Why
from engross.design.parts import day

# Of fewer outcomes a share says nothing.
FEWEST_OUTCOMES = 20
WHY = {
    Why.TOO_FEW: "cannot be said: too few are known that went on after so long",
    Why.BEYOND: "cannot be said: too many like it are still open",
    Why.ON_HOLD: "cannot be said while it is on hold",
    Why.NO_RELEASE: "cannot be said: no release is planned",
    Why.NO_DECISION: "cannot be said: none like it was decided",
}


def interval_shown(told: Interval | Why) -> SafeString:
    """Return the days that are told as a person reads them, or why there are none."""
    if not isinstance(told, Interval):
        return format_html('<span class="muted">{}</span>', WHY[told])
    first, share = day(told.first), in_hundred(told.share)
    if told.middle is None or told.last is None:
        half = format_html("half by {}, ", day(told.middle)) if told.middle else ""
        small = format_html("{} then or later, {}no last day known", share, half)
        return _with_small(format_html("from {}", first), small)
    if told.first == told.last:
        return _with_small(first, f"{share} on this day")
    days = format_html("{} to {}", first, day(told.last))
    return _with_small(
        days, format_html("{} in these days, half by {}", share, day(told.middle))
    )  # fmt: skip


def in_hundred(share: float) -> str:
    """Return a share of such proposals in per cent, or that it is all of them."""
    return "all such" if share >= 1 else f"{min(round(100 * share), 99)}% of such"


def _with_small(words: str, small: str) -> SafeString:
    # In one element, as a phone lays out the parts of a cell beside each other.
    return format_html('<span>{}<br><span class="small muted">{}</span></span>', words, small)


def rests_on_told(told: Forecast) -> str:
    """Return on how many spells in the stage a forecast rests."""
    rests = told.rests_on
    stage = active_code().option("proposal_stages", told.stage).text("printed")
    own = f"{rests.exits} that left {stage}, {rests.running} still there"
    if not rests.is_pooled or rests.all_exits == rests.exits:
        return own
    return f"{own}; few, so the {rests.all_exits} of all routes too"


def hindsight_told(held: Held | None) -> str:
    """Return how such forecasts turned out before."""
    if held is None or held.outcomes < FEWEST_OUTCOMES:
        return ""
    return (
        f"Looking back: of {held.outcomes} forecasts made half a year to two years before, "
        f"{held.share:.0%} held what came about, where {held.told_share:.0%} were told to."
    )


def of_ten(share: float) -> str:
    """Return a share as so many of ten."""
    number = round(10 * share)
    if number == 0:
        return "fewer than one" if share > 0 else "none"
    return str(number)
