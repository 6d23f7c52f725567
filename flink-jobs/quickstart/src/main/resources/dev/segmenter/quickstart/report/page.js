// SPDX-License-Identifier: Apache-2.0
// Puts the page together.

const THEME_KEY = "segmenter-report-theme";

function drawOverview() {
  const { counts, model } = DATA;
  document.title = "Segments of " + DATA.input;
  byId("title").textContent = "Segments of " + DATA.input;
  byId("lead").textContent = lead();
  const moves = (counts.changes.BEHAVIOUR || 0) + (counts.changes.MODEL || 0);
  const tiles = [
    [count(counts.events), "events read", processedWords()],
    [count(counts.users), "users in segments", "of " + count(counts.usersSeen) + " ever seen in one"],
    [count(model ? model.live : 0), "segments alive", model ? "of at most " + model.k : "no model yet"],
    [count(moves), "moves between segments", ratio(counts.changes.BEHAVIOUR || 0, moves) + " because the user changed"],
    [count(counts.changes.EXPIRY || 0), "exits by silence", "against " + count(counts.changes.FIRST || 0) + " arrivals, returns included"],
    [count(counts.versions), "model versions", "from " + count(counts.votes) + " votes"],
  ];
  byId("tiles").append(...tiles.map(([figure, name, more]) =>
    el("div", null, el("dt", null, name), el("dd", null, el("strong", null, figure), el("span", null, more)))));
  byId("findings").append(...DATA.findings.map((finding) => el("li", null, finding)));
  byId("written").textContent = "Written " + minute(DATA.writtenAt) + " UTC"
    + (model ? " from model " + model.name + " version " + count(model.version) + ", " + model.id.slice(0, 12) : "") + ".";
  onFirstOpen("input-table", inputTables);
}

function lead() {
  const { model, from: begin, to: until } = DATA;
  if (begin === undefined) {
    return "No records were written.";
  }
  const days = Math.max(1, Math.round((until - begin) / DAY));
  return moment(begin) + " to " + moment(until) + " (" + count(days) + (days === 1 ? " day" : " days") + ")"
    + (model ? ", model version " + count(model.version) + " on " + model.features + " features, " + model.measure + " distance, at most " + model.k + " segments"
      + (model.warming ? "; still warming: the longest window is not yet full" : "") : ", no model yet") + ".";
}

function processedWords() {
  const refused = Object.values(DATA.counts.refused).reduce((sum, n) => sum + n, 0);
  return refused === 0 ? "all counted" : count(DATA.counts.processed) + " counted, " + count(refused) + " not";
}

function inputTables() {
  const { counts } = DATA;
  return [
    table("Events", ["Events", "Number"], [["read", count(counts.events)], ["processed", count(counts.processed)],
      ...Object.entries(counts.refused).map(([reason, n]) => [reason, count(n)])]),
    table("Changes by cause", ["Cause", "Number"], Object.entries(counts.changes).map(([cause, n]) => [CAUSES[cause], count(n)])),
  ];
}

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

startTheme();
drawOverview();
drawSegments();
drawSizes();
drawFlows();
drawMap();
drawHistory();
drawChanges();
followSections();
