// SPDX-License-Identifier: Apache-2.0
// A card for each segment.

const TRAITS_SHOWN = 5;
const SPARK_WIDTH = 120;
const SPARK_HEIGHT = 30;

function drawSegments() {
  const alive = DATA.segments.filter((s) => s.alive).sort((a, b) => b.users - a.users || a.id - b.id);
  const gone = DATA.segments.filter((s) => !s.alive);
  byId("cards").append(...alive.map(segmentCard));
  if (alive.length === 0) {
    byId("cards").append(el("p", { class: "empty" }, "No segments yet: the first model needs one vote interval of events, and enough users."));
  }
  if (gone.length > 0) {
    byId("gone").append(el("p", { class: "gone" }, el("strong", null, "No longer there: "),
      gone.flatMap((s, i) => [i > 0 ? " " : null, chip(s.id), s.users > 0 ? " (" + count(s.users) + " users still to move)" : null])));
  }
  onFirstOpen("segments-table", segmentTables);
}

function segmentCard(segment) {
  const change = segment.users - segment.before;
  return el("article", { class: "card " + colorClass(segment.id), "aria-labelledby": "card-" + segment.id },
    el("h3", { id: "card-" + segment.id }, mark(segment.id), el("span", { class: "card-id" }, shortName(segment.id)), segment.label),
    el("div", { class: "figures" },
      el("p", { class: "size" }, el("strong", null, count(segment.users)), " users"),
      el("p", { class: "share" }, el("strong", null, ratio(segment.users, DATA.counts.users)), " of all"),
      el("div", { class: "trend" }, sparkline(segment), el("p", null, trendWords(change, segment.trendDays)))),
    el("p", { class: "sentence" }, capital(segment.sentence), "."),
    segment.traits.length > 0 ? traitList(segment.traits.slice(0, TRAITS_SHOWN)) : null,
    el("p", { class: "note" }, count(segment.joined) + " arrivals and " + count(segment.left) + " departures in all"));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function trendWords(change, days) {
  const arrow = change > 0 ? "▲ " : change < 0 ? "▼ " : "";
  return arrow + signed(change) + " in " + (days === 1 ? "a day" : days + " days");
}

/** The segment's size over the whole run. */
function sparkline(segment) {
  const values = DATA.sizes.users[segment.id] || [];
  const most = Math.max(1, ...values);
  const points = values.map((value, i) =>
    (i / Math.max(1, values.length - 1) * SPARK_WIDTH).toFixed(1) + "," + (SPARK_HEIGHT - 1 - value / most * (SPARK_HEIGHT - 2)).toFixed(1));
  return svg("svg", { class: "spark", viewBox: "0 0 " + SPARK_WIDTH + " " + SPARK_HEIGHT, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("polygon", { points: "0," + SPARK_HEIGHT + " " + points.join(" ") + " " + SPARK_WIDTH + "," + SPARK_HEIGHT }),
    svg("polyline", { points: points.join(" ") }));
}

function traitList(traits) {
  return el("ul", { class: "traits" }, traits.map((trait) => {
    const most = Math.max(trait.value, trait.population) || 1;
    return el("li", null,
      el("span", { class: "trait-name" }, trait.title, trait.sigmas === 0 ? el("span", { class: "aside" }, " reported only") : null),
      traitBar("own", "here", trait.value, most),
      traitBar("all", "overall", trait.population, most));
  }));
}

function traitBar(kind, words, value, most) {
  const width = Math.max(0, Math.min(100, 100 * (value || 0) / most)).toFixed(1);
  return el("span", { class: "trait-row" },
    el("span", { class: "trait-track", "aria-hidden": "true" }, el("span", { class: "trait-bar " + kind, style: "width:" + width + "%" })),
    el("span", { class: "trait-value" }, number(value), el("span", { class: "trait-who" }, " " + words)));
}

function segmentTables() {
  const overview = table("Segments", ["Segment", "Users", "Share", "Trend", "Arrivals", "Departures", "State"],
    DATA.segments.map((s) => [chip(s.id), count(s.users), ratio(s.users, DATA.counts.users),
      signed(s.users - s.before), count(s.joined), count(s.left), s.alive ? "alive" : "gone"]));
  const traits = table("What sets each segment apart", ["Segment", "Feature", "Mean here", "Mean overall", "Sigmas", "In words"],
    DATA.segments.flatMap((s) => s.traits.map((t) => [chip(s.id), t.title, number(t.value), number(t.population),
      t.sigmas === 0 ? "–" : fixed(t.sigmas), t.words])));
  return [overview, traits];
}
