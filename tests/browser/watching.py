"""A browser that reports each script of a student's that runs, and each request that leaves."""

from typing import Any
from urllib.parse import urlsplit

# everything on the page is touched, but for what nbgrader put there to be clicked
_TOUCH = """() => {
  const gentle = ["mouseover", "mouseenter", "pointerenter", "focus", "toggle", "scroll",
                  "animationstart", "transitionend", "beforetoggle", "beforematch", "load"];
  for (const element of document.querySelectorAll("*")) {
    for (const kind of gentle) element.dispatchEvent(new Event(kind));
    const link = element.closest("[href]") || element;
    const at = link.getAttribute("href") || element.getAttribute("xlink:href") || "";
    const theirs = element.closest("#notebook-container, .notebook, main table, #main-table");
    const own = element.closest(".panel-heading, .panel-footer, #main-table a[href='#']");
    if (theirs && !own && !/^(https?:|[/#])/.test(at))
      element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
}"""


_MOMENT_MS = 80


class Watch:
    """One browser context, which knows what happened in it.

    Attributes
    ----------
    ran : list of str
        Addresses of the pages on which steal() was called, or a dialog opened.
    left : list of str
        What was asked of other places, or where a page went by itself.
    """

    def __init__(self, browser: Any, origin: str) -> None:
        self.ran: list[str] = []
        self.left: list[str] = []
        self.seen = 0
        self._origin = origin
        self.context = browser.new_context(viewport={"width": 1400, "height": 900})
        self.context.expose_binding("steal", lambda source, *_: self.ran.append(source["page"].url))
        self.context.route("**/*", self._route)
        self.context.on("dialog", self._dialog)
        self.page = self._new_page()

    def _new_page(self) -> Any:
        page = self.context.new_page()
        page.set_default_timeout(60_000)
        return page

    def forget(self) -> None:
        """Leave the page, which may go elsewhere by itself and break off the next visit."""
        self.page.close()
        self.page = self._new_page()
        self.ran.clear()

    def visit(self, address: str, *, ready: str = "") -> Any:
        """Open a page, touch everything on it, and wait a moment for what that does.

        Parameters
        ----------
        address : str
            Below the origin, or a whole one.
        ready : str
            A selector that appears when the page's own scripts are done.
        """
        page = self.page
        whole = address if "://" in address else f"{self._origin}{address}"
        try:
            # the server gives files to its own pages only: one of them had a link
            page.goto(whole, referer=f"{self._origin}/lab")
            if ready:
                page.wait_for_selector(ready, state="attached")
            page.evaluate(_TOUCH)
            # what was touched may ask for something yet
            page.wait_for_timeout(_MOMENT_MS)
        except Exception as error:
            # it was downloaded, or left in the middle: `left` says where to
            if not any(word in str(error) for word in ("Download", "ERR_ABORTED", "navigat")):
                raise
        self.seen += 1
        return page

    def _route(self, route: Any) -> None:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" == self._origin or address.scheme == "file":
            route.continue_()
        else:
            self.left.append(route.request.url)
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.ran.append(f"dialog {dialog.message}")
        dialog.dismiss()
