// SPDX-License-Identifier: Apache-2.0
// Light and dark, and which section is in view.

const THEME_KEY = "segmenter-report-theme";

function remembered() {
  try {
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null; // Storage may be forbidden for files; the system's choice holds then.
  }
}

function remember(theme) {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // The choice then holds for this view only.
  }
}

function show(theme) {
  document.documentElement.dataset.theme = theme;
  const button = byId("theme");
  button.setAttribute("aria-pressed", String(theme === "dark"));
  button.setAttribute("aria-label", "Dark colours");
}

function startTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = () => remembered() || (system.matches ? "dark" : "light");
  show(current());
  document.head.append(el("style", null, paletteStyle()));
  byId("theme").addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    remember(theme);
    show(theme);
    drawAll();
  });
  system.addEventListener("change", () => { show(current()); drawAll(); });
  addEventListener("beforeprint", () => { show("light"); drawAll(); });
  addEventListener("afterprint", () => { show(current()); drawAll(); });
}

/** Marks the section in view in the navigation. */
function followSections() {
  const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.hash.slice(1), a]));
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      links.forEach((link, id) => (id === entry.target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  links.forEach((_, id) => observer.observe(byId(id)));
}
