"""What a browser complains about while a test drives it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

from tests.support.deployment import words_of_server


class Complaints:
    """Every console error, script error, refused resource and request that left the site."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []

    def expect(self, text: str) -> None:
        """Let complaints pass that contain `text`."""
        self.expected.append(text)

    def listen_to(self, context: BrowserContext, *, site: str) -> None:
        """Note what pages of `context` complain about; all they load must come from `site`."""

        def on_console(message: ConsoleMessage) -> None:
            # A page that could not be loaded is told by its response instead.
            if message.type == "error" and not message.text.startswith("Failed to load resource"):
                self.found.append(f"{message.page.url if message.page else ''}: {message.text}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((site, "data:", "blob:", "about:")):
                self.found.append(f"a request left the site: {request.url}")

        def on_response(response: Response) -> None:
            # A page may well answer 404 or 422; what it is made of may not, and nothing 500.
            limit = 500 if response.request.is_navigation_request() else 400
            if response.status >= limit:
                self.found.append(f"{response.url} answered {response.status}")

        def on_script_error(error: WebError) -> None:
            self.found.append(f"script error: {error.error}")

        context.on("console", on_console)
        context.on("request", on_request)
        context.on("response", on_response)
        context.on("weberror", on_script_error)

    def raise_any(self) -> None:
        """Raise AssertionError if there was any complaint that nobody expected.

        Where the site broke, it says what its server wrote about it.
        """
        unexpected = [one for one in self.found if not any(text in one for text in self.expected)]
        if broken := next((one for one in unexpected if " answered 5" in one), ""):
            unexpected += ["Its server wrote:", words_of_server(broken.split()[0])]
        assert not unexpected, "The browser complained:\n" + "\n".join(unexpected)
