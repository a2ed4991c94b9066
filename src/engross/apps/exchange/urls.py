"""Addresses of what is exchanged with other programs: bulk files and webhooks."""

from django.urls import path, re_path

from engross.apps.exchange import feeds
from engross.apps.exchange.views import bulk, webhooks

app_name = "exchange"

urlpatterns = [
    path("bulk/", bulk.index, name="bulk"),
    path("bulk/manifest.json", bulk.manifest, name="manifest"),
    re_path(
        r"^bulk/(?P<name>[a-z0-9-]+)\.(?P<form>csv|jsonl|parquet)$", bulk.bulk_file,
        name="bulk-file",
    ),
    path("deadlines.ics", feeds.deadlines, name="deadlines"),
    path("my/webhooks/", webhooks.mine, name="webhooks"),
    path("my/webhooks/add/", webhooks.add, name="add-webhook"),
    path("my/webhooks/<int:number>/", webhooks.webhook, name="webhook"),
    path("my/webhooks/<int:number>/remove/", webhooks.remove, name="remove-webhook"),
]  # fmt: skip
