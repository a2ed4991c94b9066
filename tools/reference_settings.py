"""Print the reference of settings: every environment variable that the product reads.

    python -m tools.reference_settings

The names and defaults are read from the code; what each means is told here. A variable
without a meaning, or a meaning without a variable, is a fault.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.reference_parts import table
from tools.repository import ROOT

SOURCE = ROOT / "src" / "engross"

HEAD = """# Settings

<!-- Made by `python -m tools.reference_settings` from src/engross. Change it there. -->

A deployment is set by environment variables; none must be set for a first look.
[Run a deployment](../guides/run-a-deployment.md) says which a real one needs.

"""

# Name -> what it sets, and the default in words where the code computes it.
MEANINGS: dict[str, tuple[str, str]] = {
    "CACHE_URL": (
        "The cache that all processes share, as `redis://HOST:6379/1`",
        "a table of the database",
    ),
    "DATABASE_URL": (
        "The database, as `postgres://USER:PASSWORD@HOST/NAME` or `sqlite:////PATH`",
        "SQLite, `engross.sqlite3` in the folder of `ENGROSS_VAR`",
    ),
    "EMAIL_URL": (
        "Where mail goes: `smtp://USER:PASSWORD@HOST:PORT`, with TLS `smtp+tls://` or `smtp+ssl://`",
        "`consolemail://`, which prints it",
    ),
    "ENGROSS_API_ADDRESS_LIMIT": (
        "How many requests a minute the API answers to an address without a token; 0: any number",
        "",
    ),
    "ENGROSS_API_TOKEN_LIMIT": (
        "How many requests a minute the API answers to a token; 0: any number",
        "",
    ),
    "ENGROSS_BIND": ("The address and port that `engross serve` listens on", "`127.0.0.1:8000`"),
    "ENGROSS_CODE": ("The code that the deployment runs: a folder in the folder of codes", ""),
    "ENGROSS_CODES": ("The folder of codes", "`codes/` of the checkout"),
    "ENGROSS_DATABASE_POOL": ("Keep a pool of connections (PostgreSQL only)", ""),
    "ENGROSS_DATABASE_SECONDS": (
        "How long a thread keeps its connection to the database, where no pool does; 0: for one "
        "request",
        "60 for `engross serve`, else 0",
    ),
    "ENGROSS_DEBUG": (
        "Show errors with their inner workings; never on a site that others reach",
        "",
    ),
    "ENGROSS_DEMONSTRATION": ("Say on every page that the records are a demonstration", ""),
    "ENGROSS_HOSTS": ("The host names that the site answers to, parted by commas", ""),
    "ENGROSS_HTTPS": ("Send cookies over HTTPS only", ""),
    "ENGROSS_LARGEST_FILE": ("The largest file that is taken in, in bytes", "50 MB"),
    "ENGROSS_LOG": ("How the log is written: `line` for people, `json` for machines", ""),
    "ENGROSS_MAIL_FROM": ("The sender of the site's mail", ""),
    "ENGROSS_METRICS_TOKEN": (
        "What a program shows to read `/metrics`; without it nobody does",
        "",
    ),
    "ENGROSS_NEWS_AT": (
        "The local time at which news is mailed to who does not want it at once",
        "",
    ),
    "ENGROSS_OIDC": (
        "The organisations whose people sign in there, as a JSON list of "
        "[providers](../guides/accounts-and-roles.md#sign-in-through-an-organisation)",
        "none",
    ),
    "ENGROSS_PROXIES": (
        "How many proxies of your own stand before the server and add to X-Forwarded-For",
        "",
    ),
    "ENGROSS_SECRET_KEY": (
        "The key that signs sessions",
        "one made on first use, `secret-key` in the folder of `ENGROSS_VAR`",
    ),
    "ENGROSS_SITE_URL": ("The address under which the site is reached", ""),
    "ENGROSS_STATIC_FROM_SOURCE": (
        "Serve style and fonts from where they are; with `no`, from what `collectstatic` gathered",
        "",
    ),
    "ENGROSS_TASKS": (
        "Where background work is done: `immediate`, by the process that asks for it; `database`, "
        "by `engross worker`",
        "",
    ),
    "ENGROSS_THREADS": ("Threads of each process of `engross serve`", "`4`"),
    "ENGROSS_TRUSTED_ORIGINS": (
        "Origins whose forms are taken, as `https://engross.example`, parted by commas",
        "",
    ),
    "ENGROSS_VAR": ("The folder of what the deployment keeps", "`var/` of the checkout"),
    "ENGROSS_WORKERS": ("Processes of `engross serve`", "`2`"),
    "PROMETHEUS_MULTIPROC_DIR": (
        "The folder in which the processes count together for `/metrics`",
        "one made at start",
    ),
    "STORAGE_URL": (
        "Where stored files are: `s3://KEY:SECRET@HOST/BUCKET?region=REGION`, with "
        "`&insecure=yes` without TLS",
        "`files/` in the folder of `ENGROSS_VAR`",
    ),
    "ENGROSS_WEBHOOK_LOCAL": (
        "Let webhooks lead to the machine itself, over plain http, to try out a receiver",
        "",
    ),
    "ENGROSS_WEBHOOK_WAITS": (
        "The minutes after each attempt until a webhook that did not take a message is tried "
        "again; after the last it is stopped",
        "",
    ),
    "SEARCH_URL": (
        "An OpenSearch index that answers searches: `https://USER:PASSWORD@HOST:9200/INDEX`",
        "the database answers",
    ),
}
_READERS = {
    "str",
    "bool",
    "list",
    "int",
    "db_url",
    "email_url",
    "cache_url",
    "json",
    "get",
    "getenv",
}


def variables(source: Path = SOURCE) -> dict[str, str]:
    """Return the environment variables that the code reads, each with its default as code."""
    found: dict[str, str] = {}
    for path in sorted(source.rglob("*.py")):
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            name = call.args[0]
            if isinstance(name, ast.Constant) and str(name.value).isupper():
                found[str(name.value)] = found.get(str(name.value)) or _default(call)
    return dict(sorted(found.items()))


def _default(call: ast.Call) -> str:
    """Return the default of a reading as code; '' where it is none or has to be computed."""
    given = [each.value for each in call.keywords if each.arg == "default"]
    return "".join(ast.unparse(each) for each in given if isinstance(each, ast.Constant | ast.List))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = ast.unparse(node.func.value)
            if node.func.attr in _READERS and owner in {"env", "os", "os.environ"}:
                yield node


def _row(name: str, literal: str) -> tuple[str, ...]:
    meaning, default = MEANINGS[name]
    told = default or {"True": "`yes`", "False": "`no`", "[]": "none", "''": "none"}.get(literal)
    if told is None:
        value = ast.literal_eval(literal)
        told = f"`{','.join(value) if isinstance(value, list) else value}`"
    return f"`{name}`", meaning, told


def main() -> int:
    """Print the page; return 1 if a variable has no meaning here, or a meaning no variable."""
    read = variables()
    if strays := set(read) ^ set(MEANINGS):
        print(f"Read or told, but not both: {', '.join(sorted(strays))}", file=sys.stderr)
        return 1
    rows = [_row(name, literal) for name, literal in read.items()]
    print(HEAD + "\n".join(table(("Variable", "Meaning", "Default"), rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
