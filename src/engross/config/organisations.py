"""The organisations whose people may sign in there, read from ENGROSS_OIDC."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MUST_HAVE = ("id", "name", "client_id", "secret", "server_url", "domains")


def oidc_providers(organisations: Any) -> list[dict[str, Any]]:
    """Return what allauth calls the apps of OpenID Connect.

    `domains` are those of the addresses that an organisation speaks for: without them, each could
    sign in as anybody. Raises ImproperlyConfigured if something of an organisation is missing.
    """
    if not isinstance(organisations, list):
        raise ImproperlyConfigured("ENGROSS_OIDC has to be a JSON list of organisations")
    return [_app(each) for each in organisations]


def sign_in_origins(organisations: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the origins to which a form that signs in may lead, for the content policy."""
    origins: dict[str, None] = {}
    for each in organisations:
        for address in (each["server_url"], *each.get("sign_in_origins", ())):
            parts = urlsplit(address)
            origins[f"{parts.scheme}://{parts.netloc}"] = None
    return list(origins)


def _app(each: Any) -> dict[str, Any]:
    missing = [name for name in MUST_HAVE if not (isinstance(each, dict) and each.get(name))]
    if missing:
        raise ImproperlyConfigured(f"An organisation in ENGROSS_OIDC lacks {', '.join(missing)}")
    if not isinstance(each["domains"], list):
        raise ImproperlyConfigured("The domains of an organisation in ENGROSS_OIDC are a list")
    return {
        "provider_id": each["id"],
        "name": each["name"],
        "client_id": each["client_id"],
        "secret": each["secret"],
        "settings": {
            "server_url": each["server_url"],
            "domains": [domain.lower() for domain in each["domains"]],
            "oauth_pkce_enabled": True,
        },
    }
