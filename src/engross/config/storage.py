"""Where stored files are: a folder, or a bucket that speaks S3, by one address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def storage_of(url: str, *, folder: Path) -> dict[str, Any]:
    """Return Django's settings of the file store that STORAGE_URL names; `folder` without one.

    `s3://KEY:SECRET@HOST/BUCKET?region=eu-west-2` is a bucket; without a host it is Amazon's,
    without a key the machine's own role is used, and `insecure=yes` speaks plain HTTP. Raises
    ValueError for another kind of address.
    """
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.path.strip("/"):
        raise ValueError("STORAGE_URL is written s3://KEY:SECRET@HOST/BUCKET?region=REGION")
    asked = parse_qs(parts.query)
    host = parts.hostname or ""
    scheme = "http" if asked.get("insecure") == ["yes"] else "https"
    port = f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.path.strip("/"),
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "endpoint_url": f"{scheme}://{host}{port}" if host else None,
            "region_name": asked.get("region", [None])[0],
            "addressing_style": "path" if host else "auto",
            # Files go through the rule about classes, never by an address of the bucket's own.
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
            "client_config": _patience(),
        },
    }


def _patience() -> Any:
    """Return how long a bucket is waited for: no longer than a web server waits for a page."""
    from botocore.config import Config

    return Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 2})
