"""For programs: what changed, and webhooks that tell it."""

from engross.apps.exchange.api.changes import router
from engross.apps.exchange.api.webhooks import webhooks_router

__all__ = ["router", "webhooks_router"]
