// SPDX-License-Identifier: Apache-2.0
// A few changes that stand for all, each with its reasons.

function drawChanges() {
  byId("change-cards").append(...DATA.changes.map(changeCard));
  if (DATA.changes.length === 0) {
    byId("change-cards").append(el("p", { class: "empty" }, "No changes were written."));
  }
}

function changeCard(change) {
  return el("article", { class: "change" },
    el("div", { class: "change-head" },
      el("h3", null, "User ", el("span", { class: "user" }, change.user)),
      el("span", { class: "cause " + change.cause.toLowerCase() }, CAUSES[change.cause]),
      el("time", { datetime: new Date(change.time).toISOString() }, minute(change.time))),
    el("p", { class: "way" }, end(change.from, change.fromLabel, "no segment"), el("span", { class: "arrow", "aria-label": "to" }, " → "),
      end(change.to, change.toLabel, "no segment")),
    el("p", { class: "sentence" }, capital(change.reason), "."),
    change.features.length > 0 ? reasons(change) : null,
    el("p", { class: "note" }, facts(change)));
}

function end(id, label, none) {
  if (id === NOWHERE) {
    return el("span", { class: "chip none" }, none);
  }
  const now = labelOf(id);
  return el("span", null, chip(id, label), now === label ? null : el("span", { class: "aside" }, " (later “" + now + "”)"));
}

/** Whether a feature had a part in the move, or at least moved itself. */
function tells(feature) {
  return fixed(feature.contribution) !== "0.00" || feature.before !== feature.value;
}

function reasons(change) {
  const silent = change.features.filter((f) => !tells(f));
  const most = Math.max(...change.features.map((f) => Math.abs(f.contribution)));
  const row = (f) => el("tr", null,
    el("th", { scope: "row" }, f.title),
    el("td", { class: "number" }, number(f.before)),
    el("td", { class: "number" }, number(f.value)),
    el("td", { class: "bar-cell" }, divergingBar(f.contribution, most)),
    el("td", { class: "number" }, fixed(f.contribution)));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Reasons of the change of " + change.user },
    el("table", { class: "reasons" },
      el("thead", null, el("tr", null, ["Feature", "On entry", "Now"].map((name, i) => el("th", { scope: "col", class: i > 0 ? "number" : null }, name)),
        el("th", { scope: "colgroup", colspan: "2", class: "number" }, "Contribution"))),
      el("tbody", null, change.features.filter(tells).map(row))),
    silent.length > 0 ? el("p", { class: "note rest" }, "No part in it: " + silent.map((f) => f.title + " (" + number(f.value) + ")").join(", ")) : null);
}

function facts(change) {
  const parts = [];
  if (change.distanceBefore !== undefined && change.distance !== undefined) {
    parts.push("Squared distance to the old centroid " + number(change.distanceBefore) + ", to the new one " + number(change.distance));
  }
  if (change.version !== undefined) {
    parts.push("decided by model version " + count(change.version));
  }
  parts.push(change.alike === 1 ? "the only one of its kind" : "one of " + count(change.alike) + " of its kind");
  return capital(parts.join("; ")) + ".";
}
