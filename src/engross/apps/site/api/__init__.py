"""The whole API: every app's operations under one roof, its OpenAPI document and its page."""

from engross.apps.site.api.document import openapi_document
from engross.apps.site.api.pages import documentation, not_found, openapi
from engross.apps.site.api.questions import reasons_against_question
from engross.apps.site.api.root import api

__all__ = [
    "api",
    "documentation",
    "not_found",
    "openapi",
    "openapi_document",
    "reasons_against_question",
]
