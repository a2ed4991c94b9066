/* Reading in place. Without this file each of these links leads to a page that says the same. */
(() => {
  "use strict";
  const PANEL = "reader-panel";
  const wide = matchMedia("(min-width: 60rem)");
  let opener = null;

  document.querySelectorAll("details[data-wide-open]").forEach((each) => { each.open = wide.matches; });

  const close = () => {
    document.getElementById(PANEL)?.remove();
    opener?.removeAttribute("aria-expanded");
    const before = opener;
    opener = null;
    return before;
  };

  const made = (label) => {
    const panel = document.createElement("div");
    panel.id = PANEL;
    panel.className = "reader-panel";
    panel.tabIndex = -1;
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", label);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small panel-close";
    button.textContent = "Close";
    button.addEventListener("click", () => close()?.focus());
    const body = document.createElement("div");
    panel.append(button, body);
    return panel;
  };

  // Where a link's words are told in full: the term's page, or the clause's.
  const sourceOf = (link) => {
    if (link.dataset.term) return `/code/terms/${link.dataset.term}`;
    return link.dataset.clause || "";
  };

  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Target": PANEL } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.body.childNodes];
  };

  const open = async (link) => {
    const address = sourceOf(link);
    let panel = link.closest(`#${PANEL}`);
    if (!panel) {
      if (link === opener) { close(); return; }
      close();
      opener = link;
      panel = made(link.textContent.trim());
      link.closest("p, td, h2, h3, li").after(panel);
    }
    panel.lastElementChild.setAttribute("aria-busy", "true");
    try {
      panel.lastElementChild.replaceChildren(...await fetched(address));
      panel.lastElementChild.removeAttribute("aria-busy");
      opener?.setAttribute("aria-expanded", "true");
      panel.focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-term], a[data-clause]");
    if (!link) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById(PANEL)) close()?.focus();
  });

  // One button goes along with the clause that is pointed at, or whose number has the focus.
  const copier = document.createElement("button");
  copier.type = "button";
  copier.className = "button quiet small copy-clause";
  copier.textContent = "Copy link";
  const offer = (event) => {
    const clause = event.target.closest?.(".reading .provision");
    const number = clause?.querySelector(":scope > a.clause-number");
    if (!number || clause.closest(`#${PANEL}`) || copier.previousElementSibling === number) return;
    copier.dataset.copy = number.getAttribute("href");
    copier.setAttribute("aria-label", `Copy the link to ${number.textContent.trim()}`);
    number.after(copier);
  };
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("a.clause-number")) offer(event);
  });
  document.addEventListener("pointerover", offer);
})();
