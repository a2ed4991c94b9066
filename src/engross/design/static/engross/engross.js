/* Small comforts. Every page works without this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  const schemes = ["", "light", "dark"];
  const names = { "": "as device", light: "light", dark: "dark" };

  const keptScheme = () => {
    try { return localStorage.getItem("scheme") || ""; } catch { return ""; }
  };
  const wearScheme = (scheme) => {
    if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme;
  };

  // Before the first paint, so that a dark page never flashes white.
  root.classList.add("scripted");
  wearScheme(keptScheme());

  const nameScheme = () => {
    const name = document.querySelector("[data-scheme-name]");
    if (name) name.textContent = names[root.dataset.scheme || ""];
  };
  const nextScheme = () => {
    const next = schemes[(schemes.indexOf(root.dataset.scheme || "") + 1) % schemes.length];
    wearScheme(next);
    try { localStorage.setItem("scheme", next); } catch { /* a private window keeps nothing */ }
    nameScheme();
  };

  // <button class="button quiet small needs-script" data-copy="https://…">Copy link</button>
  const copy = async (button) => {
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy";
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    if (event.target.closest("[data-scheme-switch]")) nextScheme();
  });

  document.addEventListener("DOMContentLoaded", () => {
    nameScheme();
    document.querySelector("[data-focus]:not(.section *)")?.focus();
  });

  // The browser gave no passkey: say so where the button is, not in the console alone.
  document.addEventListener("allauth.error", () => {
    const trouble = document.querySelector("[data-key-trouble]");
    if (trouble) trouble.hidden = false;
  });

  // A stroke leads to the box, unless somebody is typing already.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Empty filters stay out of addresses, so that a filtered list has a short link.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches(".filters, .search-form, .site-search")) return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
})();
